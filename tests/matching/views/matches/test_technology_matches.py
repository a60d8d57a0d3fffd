import pytest
from django.urls import reverse

from matching.domain.matches.feedback import mark_not_relevant
from matching.enums import MatchRequestState
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory, write_record
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_evaluator

pytestmark = pytest.mark.django_db


def page_of(technology):
    return reverse("technology_matches", args=[technology.pk])


def match_with_profile(technology, **values):
    return MatchFactory(technology=technology, demand=None, profile=CompanyProfileFactory(), **values)


def test_what_fits_a_technology_is_for_the_centre(client):
    match = MatchFactory()
    answers = [client.get(page_of(match.technology))]
    for person in (create_member(), create_evaluator(), create_member(organisation=match.technology.holder)):
        client.force_login(person)
        answers.append(client.get(page_of(match.technology)))
    assert [answer.status_code for answer in answers] == [302, 403, 403, 403]
    assert not any(match.demand.title in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("rows", [1, 3])
def test_demands_and_profiles_stand_best_first(client, staff, django_assert_num_queries, rows):
    technology = TechnologyFactory()
    for _number in range(rows):
        MatchFactory(technology=technology, demand=DemandFactory(), score=0.5)
        match_with_profile(technology, score=0.6)
    MatchFactory()
    with django_assert_num_queries(16):
        answer = client.get(page_of(technology))
    kinds = [type(fit.row.need).__name__ for fit in answer.context["fits"]]
    assert kinds == ["CompanyProfile"] * rows + ["Demand"] * rows
    assert [kind["count"] for kind in answer.context["kinds"]] == [2 * rows, rows, rows]


@pytest.mark.parametrize(
    ("kind", "kinds"), [("demands", ["Demand"]), ("companies", ["CompanyProfile"]), ("x", ["CompanyProfile", "Demand"])]
)
def test_one_kind_can_be_chosen(client, staff, kind, kinds):
    technology = TechnologyFactory()
    MatchFactory(technology=technology, score=0.5)
    match_with_profile(technology, score=0.6)
    answer = client.get(page_of(technology), {"kind": kind})
    assert [type(fit.row.need).__name__ for fit in answer.context["fits"]] == kinds


def test_the_list_goes_on_on_the_next_page(client, staff):
    technology = TechnologyFactory()
    matches = [MatchFactory(technology=technology, score=(90 - n) / 100) for n in range(11)]
    answer = client.get(page_of(technology), {"page": 2})
    assert [(fit.row.rank, fit.row.match) for fit in answer.context["fits"]] == [(11, matches[10])]


def test_a_match_can_be_proposed_with_company_and_demand_filled_in(client, staff):
    match = MatchFactory()
    ask = f"{reverse('match_request_create', args=[match.technology_id])}?match={match.pk}"
    assert ask in client.get(page_of(match.technology)).content.decode()
    initial = client.get(ask).context["form"].initial
    assert initial == {"demand": match.demand_id, "organisation": match.demand.organisation_id}


def test_what_is_requested_shows_its_state_instead(client, staff):
    match = MatchFactory()
    asked = MatchRequestFactory(
        technology=match.technology, organisation=match.demand.organisation, state=MatchRequestState.QUESTION
    )
    MatchRequestFactory(technology=match.technology)
    fit = client.get(page_of(match.technology)).context["fits"][0]
    assert (fit.row.request, fit.can_be_proposed) == (asked, False)


def test_a_withdrawn_request_can_be_made_again(client, staff):
    match = MatchFactory()
    MatchRequestFactory(
        technology=match.technology, organisation=match.demand.organisation, state=MatchRequestState.WITHDRAWN
    )
    fit = client.get(page_of(match.technology)).context["fits"][0]
    assert (fit.row.request, fit.can_be_proposed) == (None, True)


def test_what_a_company_marked_not_relevant_is_not_proposed(client, staff):
    technology = TechnologyFactory()
    match, other = MatchFactory(technology=technology, score=0.7), MatchFactory(technology=technology, score=0.6)
    mark = mark_not_relevant(match=match, by=create_member(organisation=match.demand.organisation), text="이미 압니다")
    answer = client.get(page_of(technology))
    fits = [(fit.row.match, fit.mark, fit.can_be_proposed) for fit in answer.context["fits"]]
    assert fits == [(match, mark, False), (other, None, True)]
    assert '<span lang="ko">이미 압니다</span>' in answer.content.decode()


def test_a_closed_demand_is_shown_but_not_proposed_to(client, staff):
    match = MatchFactory(demand=DemandFactory(state="closed"))
    assert [fit.can_be_proposed for fit in client.get(page_of(match.technology)).context["fits"]] == [False]


@pytest.mark.parametrize(
    ("state", "is_scored", "phase"),
    [("published", False, "waiting"), ("published", True, "ready"), ("draft", False, "unpublished")],
)
def test_an_empty_list_says_why(client, staff, state, is_scored, phase):
    technology = TechnologyFactory(state=state)
    if is_scored:
        write_record(technology=technology)
    answer = client.get(page_of(technology))
    assert (answer.context["phase"], answer.context["fits"]) == (phase, [])
    assert ("every 5s" in answer.content.decode()) == (phase == "waiting")
    assert ('class="empty"' in answer.content.decode()) == (phase != "waiting")
