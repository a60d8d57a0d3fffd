import pytest

from projects.models import BudgetLine
from tests.constraints import constraint_against
from tests.factories.budget_line import BudgetLineFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"government_krw": -1}, "budget_line_amounts_are_not_negative"),
        ({"company_cash_krw": -1}, "budget_line_amounts_are_not_negative"),
        ({"company_in_kind_krw": -1}, "budget_line_amounts_are_not_negative"),
        ({"spent_krw": -1}, "budget_line_amounts_are_not_negative"),
        ({"total_krw": 70_000_001}, "budget_line_total_is_the_sum_of_its_sources"),
        ({"total_krw": 69_999_999}, "budget_line_total_is_the_sum_of_its_sources"),
    ],
)
def test_constraint_rejects(fields, constraint):
    assert constraint_against(BudgetLineFactory, **fields) == constraint


def test_nothing_at_all_and_more_spent_than_there_is_are_accepted():
    """What is unusual asks; what is impossible is rejected."""
    BudgetLineFactory(government_krw=0, company_cash_krw=0, company_in_kind_krw=0, spent_krw=0)
    BudgetLineFactory(spent_krw=70_000_001)
    assert BudgetLine.objects.count() == 2


def test_cost_item_has_one_line():
    line = BudgetLineFactory()
    again = {"research_task": line.research_task}
    assert constraint_against(BudgetLineFactory, **again) == "budget_line_is_one_per_cost_item"
    BudgetLineFactory()
