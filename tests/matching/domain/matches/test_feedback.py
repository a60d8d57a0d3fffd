"""What people decide about matches is kept with what they saw."""

import pytest
from django.db import IntegrityError

from matching.domain.matches.feedback import decisions_of, mark_not_relevant, marks_of, put_back
from matching.domain.requests.introductions import introduce
from matching.domain.requests.match_requests import accept, decline, request_introduction, withdraw
from matching.enums import NotRelevantReason, Verdict
from matching.models import Feedback, Match
from matching.models.feedback import listed
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match import SCORER, MatchFactory, components
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db

NUMBERS = [
    {"code": "meaning", "value": 0.8, "weight": 0.5, "contribution": 0.4, "missing": ""},
    {"code": "shared_terms", "value": 0.5, "weight": 0.2, "contribution": 0.1, "missing": ""},
    {"code": "field", "value": 0.5, "weight": 0.1, "contribution": 0.05, "missing": "offer"},
    {"code": "readiness", "value": 0.5, "weight": 0.1, "contribution": 0.05, "missing": ""},
]


def kept(**where):
    rows = Feedback.objects.filter(**where).order_by("id")
    return list(rows.values_list("verdict", "technology", "demand", "profile", "reason", "score", "rank"))


def test_mark_keeps_what_was_seen_at_that_moment():
    demand, by = DemandFactory(), UserFactory()
    MatchFactory(demand=demand, score=0.9)
    match = MatchFactory(demand=demand)
    mark = mark_not_relevant(match=match, by=by, reason=NotRelevantReason.KNOWN, text="Уже знаем это.")
    Match.objects.all().delete()
    assert kept() == [("not_relevant", match.technology_id, demand.pk, None, "known", 0.6, 2)]
    assert Feedback.objects.values_list(
        "organisation", "decided_by", "text", "language", "scorer_version", "components", "takes_back"
    ).get() == (demand.organisation_id, by.pk, "Уже знаем это.", "ru", SCORER, NUMBERS, None)
    assert str(mark.reason_label) == str(NotRelevantReason.KNOWN.label)


def test_mark_sent_twice_is_one_mark():
    match = MatchFactory()
    first = mark_not_relevant(match=match, by=UserFactory())
    assert (mark_not_relevant(match=match, by=UserFactory()), Feedback.objects.count()) == (first, 1)


def test_another_reason_given_in_another_tab_is_kept():
    match, by = MatchFactory(), UserFactory()
    mark_not_relevant(match=match, by=by, reason="known")
    mark_not_relevant(match=match, by=by, text="Слишком дорого.")
    mark_not_relevant(match=match, by=by)
    assert [(row[0], row[4]) for row in kept()] == [("not_relevant", "known"), ("put_back", ""), ("not_relevant", "")]
    (mark,) = marks_of(match.demand, reader=create_staff())
    assert mark.text == "Слишком дорого."


def test_mark_of_a_withdrawn_technology_is_seen_by_who_sees_the_technology():
    """Its title may be another one by now, of a draft."""
    mark = FeedbackFactory(technology__state="draft")
    readers = [
        create_member(organisation=mark.organisation),
        create_member(organisation=mark.technology.holder),
        create_staff(),
    ]
    assert [len(marks_of(mark.demand, reader=reader)) for reader in readers] == [0, 1, 1]


def test_put_back_is_a_later_decision_and_a_new_mark_is_possible():
    match = MatchFactory()
    mark = mark_not_relevant(match=match, by=UserFactory())
    assert marks_of(match.demand, reader=create_staff()) == [mark]
    later = put_back(mark=mark, by=UserFactory())
    assert put_back(mark=mark, by=UserFactory()) == later
    assert (marks_of(match.demand, reader=create_staff()), later.takes_back, later.components) == ([], mark, NUMBERS)
    mark_not_relevant(match=match, by=UserFactory())
    assert [row[0] for row in kept()] == ["not_relevant", "put_back", "not_relevant"]


def test_rank_counts_what_the_company_sees():
    demand = DemandFactory()
    best, second, third = (MatchFactory(demand=demand, score=score) for score in (0.9, 0.8, 0.7))
    MatchFactory(demand=demand, score=0.95, technology__state="archived")
    for match in (best, second, third):
        mark_not_relevant(match=match, by=UserFactory())
    assert [row[-1] for row in kept()] == [1, 1, 1]


def test_listed_leaves_out_marks_of_this_need_only():
    technology, demand, profile = TechnologyFactory(), DemandFactory(), CompanyProfileFactory()
    marked = MatchFactory(technology=technology, demand=demand)
    other = MatchFactory(technology=technology, demand=DemandFactory())
    of_profile = MatchFactory(technology=technology, demand=None, profile=profile)
    MatchFactory(demand=demand, technology__state="on_hold")
    mark = mark_not_relevant(match=marked, by=UserFactory())
    assert set(Match.objects.filter(listed())) == {other, of_profile}
    mark_not_relevant(match=of_profile, by=UserFactory())
    put_back(mark=mark, by=UserFactory())
    assert set(Match.objects.filter(listed())) == {marked, other}
    assert marks_of(profile, reader=create_staff())[0].technology == technology


def request_for(match, **fields):
    need = match.demand or match.profile
    by = create_member(organisation=need.organisation)
    return request_introduction(
        technology=match.technology, organisation=need.organisation, by=by, message="?", match=match, **fields
    )


def test_steps_of_a_request_are_kept():
    match, staff = MatchFactory(), create_staff()
    request = request_for(match, demand=match.demand)
    accept(match_request=request, by=staff)
    introduce(match_request=request, by=staff, introduced_on="2026-01-05")
    owner = (match.technology_id, match.demand_id, None)
    assert kept(match_request=request) == [
        ("requested", *owner, "", 0.6, 1),
        ("accepted", *owner, "", 0.6, 1),
        ("introduced", *owner, "", 0.6, 1),
    ]


def test_declined_request_keeps_its_reason_and_what_was_seen_when_the_match_is_gone():
    match = MatchFactory(demand=None, profile=CompanyProfileFactory())
    request = request_for(match)
    Match.objects.all().delete()
    request.refresh_from_db()
    decline(match_request=request, by=create_staff(), reason="no_benefit", note="?")
    owner = (match.technology_id, None, match.profile_id)
    assert kept() == [("requested", *owner, "", 0.6, 1), ("declined", *owner, "no_benefit", 0.6, 1)]
    assert list(Feedback.objects.values_list("components", flat=True)) == [NUMBERS, NUMBERS]


def test_request_without_a_match_is_kept_without_numbers():
    request = MatchRequestFactory()
    withdraw(match_request=request, by=request.requested_by)
    assert kept() == [("withdrawn", request.technology_id, None, None, "", None, None)]


def test_request_for_a_demand_finds_the_match_that_was_not_named():
    match = MatchFactory()
    need = match.demand
    request_introduction(
        technology=match.technology, organisation=need.organisation, by=UserFactory(), message="?", demand=need
    )
    assert [row[-2:] for row in kept()] == [(0.6, 1)]


def test_request_takes_the_mark_back():
    match = MatchFactory()
    mark_not_relevant(match=match, by=UserFactory())
    request_for(match)
    assert ([row[0] for row in kept()], marks_of(match.demand, reader=create_staff())) == (
        ["not_relevant", "put_back", "requested"],
        [],
    )


def test_request_by_the_centre_leaves_the_mark_to_the_company():
    match = MatchFactory()
    mark = mark_not_relevant(match=match, by=UserFactory())
    company, technology = match.demand.organisation, match.technology
    request_introduction(technology=technology, organisation=company, by=create_staff(), message="?", match=match)
    assert marks_of(match.demand, reader=create_staff()) == [mark]


def test_decisions_of_a_demand_and_of_a_technology():
    mark = FeedbackFactory()
    FeedbackFactory(demand=mark.demand)
    FeedbackFactory(technology=mark.technology)
    assert [len(decisions_of(subject)) for subject in (mark.demand, mark.technology)] == [2, 2]
    assert decisions_of(mark.technology)[1] == mark


def test_feedback_is_seen_by_its_company_and_the_centre():
    mark = FeedbackFactory()
    readers = [create_member(organisation=mark.organisation), create_staff(), create_member(), UserFactory()]
    assert [Feedback.objects.visible_to(reader).count() for reader in readers] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"demand": None}, "feedback_is_about_one_need_or_a_request"),
        ({"profile": True}, "feedback_is_about_one_need_or_a_request"),
        ({"verdict": Verdict.PUT_BACK}, "feedback_put_back_has_what_it_takes_back"),
    ],
)
def test_feedback_constraints_reject(fields, constraint):
    if "profile" in fields:
        fields = {"profile": CompanyProfileFactory()}
    with pytest.raises(IntegrityError, match=constraint):
        FeedbackFactory(**{"organisation": DemandFactory().organisation, **fields})


def test_feedback_of_one_step_is_refused_twice():
    request = MatchRequestFactory()
    fields = {"match_request": request, "verdict": Verdict.ACCEPTED}
    FeedbackFactory(**fields)
    with pytest.raises(IntegrityError, match="feedback_is_one_for_each_step_of_a_request"):
        FeedbackFactory(**fields)


def test_snapshot_has_no_text_of_anybody():
    mark_not_relevant(match=MatchFactory(components=components()), by=UserFactory())
    assert "철심" not in str(Feedback.objects.get().components)
