import pytest
from django.contrib.auth.models import AnonymousUser

from matching.enums import DemandState
from matching.models import Demand
from tests.constraints import constraint_against
from tests.factories.demand import DemandFactory
from tests.factories.membership import create_member
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"minimum_trl": 0}, "demand_minimum_trl_is_from_1_to_9"),
        ({"minimum_trl": 10}, "demand_minimum_trl_is_from_1_to_9"),
        ({"budget_krw": -1}, "demand_budget_is_not_negative"),
        ({"title": ""}, "demand_beyond_draft_has_title_and_problem"),
        ({"problem": "", "state": DemandState.CLOSED}, "demand_beyond_draft_has_title_and_problem"),
    ],
)
def test_constraint_rejects(fields, constraint):
    assert constraint_against(DemandFactory, **fields) == constraint


def test_edges_are_accepted():
    for fields in ({"minimum_trl": 1}, {"minimum_trl": 9}, {"budget_krw": 0}):
        DemandFactory(**fields)
    DemandFactory(state=DemandState.DRAFT, title="", problem="")
    assert Demand.objects.count() == 4


def test_own_company_and_the_centre_see_a_demand_in_any_state():
    own, other = DemandFactory(state=DemandState.DRAFT), DemandFactory()
    people = {
        "visitor": AnonymousUser(),
        "newcomer": UserFactory(),
        "evaluator": create_evaluator(),
        "member": create_member(organisation=own.organisation),
        "waiting": create_member(organisation=own.organisation, state="pending"),
        "staff": create_staff(),
    }
    assert {name: set(Demand.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "newcomer": set(),
        "evaluator": set(),
        "member": {own},
        "waiting": set(),
        "staff": {own, other},
    }


def test_open_demands_are_neither_drafts_nor_closed():
    rows = {state: DemandFactory(state=state) for state in DemandState}
    assert list(Demand.objects.open()) == [rows[DemandState.OPEN]]
