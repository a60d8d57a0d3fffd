import pytest
from django.urls import reverse

from matching.enums import DemandState
from matching.models import CompanyProfile, Demand, Feedback, Match
from matching.models.need import of_needs
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.match import MatchFactory

pytestmark = pytest.mark.django_db
PROTOCOL = (
    "as_owner",
    "own_texts",
    "field",
    "minimum_trl",
    "transfer_modes",
    "preferences",
    "takes_preferences",
    "title",
    "is_open",
    "is_closed",
    "page_url",
)


@pytest.mark.parametrize("kind", [Demand, CompanyProfile])
def test_both_kinds_of_need_answer_everything(kind):
    assert [name for name in PROTOCOL if not hasattr(kind, name)] == []


def test_a_demand_says_what_it_wants():
    demand = DemandFactory(title="a", problem="b", wanted_result="c", minimum_trl=4)
    assert demand.as_owner == {"demand": demand}
    assert (demand.own_texts, demand.minimum_trl, demand.takes_preferences) == (("a", "b", "c"), 4, True)
    assert demand.page_url == reverse("demand_detail", args=[demand.pk])


@pytest.mark.parametrize(
    ("state", "is_open", "is_closed"),
    [(DemandState.DRAFT, False, False), (DemandState.OPEN, True, False), (DemandState.CLOSED, False, True)],
)
def test_a_draft_is_neither_open_nor_closed(state, is_open, is_closed):
    demand = Demand(state=state)
    assert (demand.is_open, demand.is_closed) == (is_open, is_closed)


def test_a_profile_wants_nothing_in_particular_and_is_always_open():
    profile = CompanyProfileFactory(products="a", capabilities="b", interests="c")
    assert profile.as_owner == {"profile": profile}
    assert (profile.own_texts, profile.title, profile.minimum_trl) == (("a", "b", "c"), "", None)
    assert ([*profile.transfer_modes], {**profile.preferences}, profile.takes_preferences) == ([], {}, False)
    assert (profile.is_open, profile.is_closed) == (True, False)
    assert profile.page_url == reverse("company_profile_for", args=[profile.organisation_id])


def test_what_is_of_a_need_leads_to_it():
    demand, profile = DemandFactory(), CompanyProfileFactory()
    of_demand, of_profile = MatchFactory(demand=demand), MatchFactory(demand=None, profile=profile)
    assert (of_demand.need, of_demand.need_key) == (demand, (demand.pk, None))
    assert (of_profile.need, of_profile.need_columns) == (profile, {"demand_id": None, "profile_id": profile.pk})


def test_a_decision_on_a_request_without_a_match_has_no_need():
    assert (Feedback().need, Feedback().need_key) == (None, (None, None))


def test_of_needs_finds_what_belongs_to_any_of_them():
    demand, profile = DemandFactory(), CompanyProfileFactory()
    of_demand, of_profile = MatchFactory(demand=demand), MatchFactory(demand=None, profile=profile)
    MatchFactory()
    found = [{*Match.objects.filter(of_needs(keys))} for keys in ([(demand.pk, None), (None, profile.pk)], [])]
    assert found == [{of_demand, of_profile}, set()]
