import pytest
from django.contrib.auth.models import AnonymousUser

from matching.enums import DeclineReason, NotRelevantReason, TechnologyState, Verdict
from matching.models import Feedback, Match
from matching.models.feedback import listed
from tests.constraints import constraint_against
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_decision_is_about_one_need_or_a_request():
    name = "feedback_is_about_one_need_or_a_request"
    company, demand, profile = OrganisationFactory(), DemandFactory(), CompanyProfileFactory()
    assert constraint_against(FeedbackFactory, demand=None, organisation=company) == name
    assert constraint_against(FeedbackFactory, demand=demand, profile=profile) == name
    FeedbackFactory(demand=None, profile=profile, organisation=company)
    FeedbackFactory(demand=None, organisation=company, match_request=MatchRequestFactory())


def test_only_what_puts_back_takes_a_mark_back():
    name = "feedback_put_back_has_what_it_takes_back"
    mark = FeedbackFactory()
    assert constraint_against(FeedbackFactory, verdict=Verdict.PUT_BACK) == name
    assert constraint_against(FeedbackFactory, takes_back=mark) == name
    FeedbackFactory(verdict=Verdict.PUT_BACK, takes_back=mark)


def test_step_of_a_request_is_noted_once():
    request = MatchRequestFactory()
    step = {"match_request": request, "verdict": Verdict.DECLINED}
    FeedbackFactory(**step)
    assert constraint_against(FeedbackFactory, **step) == "feedback_is_one_for_each_step_of_a_request"
    FeedbackFactory(match_request=request, verdict=Verdict.INTRODUCED)


def test_mark_is_in_force_until_it_is_taken_back():
    kept, back = FeedbackFactory(), FeedbackFactory()
    FeedbackFactory(verdict=Verdict.PUT_BACK, takes_back=back)
    FeedbackFactory(verdict=Verdict.DECLINED)
    assert list(Feedback.objects.in_force()) == [kept]
    assert list(Feedback.objects.of(back.demand)) == [back]


def test_own_company_and_the_centre_see_a_decision():
    own, other = FeedbackFactory(), FeedbackFactory()
    people = {
        "visitor": AnonymousUser(),
        "member": create_member(organisation=own.organisation),
        "staff": create_staff(),
    }
    assert {name: set(Feedback.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "member": {own},
        "staff": {own, other},
    }


def test_listed_are_published_technologies_that_this_need_has_not_marked():
    match, marked, back, hidden = MatchFactory.create_batch(4)
    of_profile = MatchFactory(technology=marked.technology, demand=None, profile=CompanyProfileFactory())
    FeedbackFactory(technology=marked.technology, demand=marked.demand)
    # Marked by another need of the same company.
    FeedbackFactory(technology=match.technology)
    mark = FeedbackFactory(technology=back.technology, demand=back.demand)
    FeedbackFactory(technology=back.technology, demand=back.demand, verdict=Verdict.PUT_BACK, takes_back=mark)
    hidden.technology.state = TechnologyState.ARCHIVED
    hidden.technology.save()
    assert set(Match.objects.filter(listed())) == {match, back, of_profile}


@pytest.mark.parametrize(
    ("verdict", "reason", "label"),
    [
        (Verdict.NOT_RELEVANT, NotRelevantReason.values[0], NotRelevantReason.choices[0][1]),
        (Verdict.DECLINED, DeclineReason.values[0], DeclineReason.choices[0][1]),
        (Verdict.DECLINED, "a reason of before", "a reason of before"),
        (Verdict.NOT_RELEVANT, "", ""),
    ],
)
def test_reason_is_told_by_the_list_of_its_verdict(verdict, reason, label):
    assert Feedback(verdict=verdict, reason=reason).reason_label == label
