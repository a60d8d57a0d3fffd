import pytest

from kr_ru_platform.web.fields import LARGEST_KRW, RevisionField
from projects.domain.tasks.budgets import Amounts
from projects.enums import CostItem
from projects.forms.budgets import AMOUNT_FIELDS, BudgetForm, BudgetLineForm
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.research_task import ResearchTaskFactory

ITEM = CostItem.PERSONNEL


def line(**typed):
    return BudgetLineForm({f"{ITEM}-{name}": value for name, value in typed.items()}, cost_item=ITEM)


def test_line_reads_amounts_as_people_write_them_and_empty_ones_as_nothing():
    form = line(government_krw="1억 2,000만", company_cash_krw="", spent_krw="5만")
    assert form.is_valid()
    assert form.amounts == Amounts(120_000_000, 0, 0, 50_000)


def test_line_whose_sum_has_no_room_says_so_beside_the_grant():
    half = str(int(LARGEST_KRW) // 2)
    form = line(government_krw=half, company_cash_krw=half)
    assert {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()} == {
        "government_krw": ["too_large"]
    }
    assert line(government_krw=half, company_cash_krw=str(int(half) - 1)).is_valid()


def test_wrong_amount_counts_as_nothing_in_the_sum():
    form = line(government_krw="many", company_cash_krw="5")
    assert not form.is_valid()
    assert form.amounts == Amounts(0, 5, 0, 0)


@pytest.mark.django_db
def test_form_shows_what_is_stored_and_nothing_for_zero():
    stored = BudgetLineFactory(company_in_kind_krw=0)
    form = BudgetForm(None, research_task=stored.research_task)
    assert [row.cost_item for row in form.lines] == list(CostItem)
    assert {row.cost_item: row.initial for row in form.lines if row.initial} == {
        stored.cost_item: {
            "government_krw": 50_000_000,
            "company_cash_krw": 10_000_000,
            "company_in_kind_krw": None,
            "spent_krw": 30_000_000,
        }
    }
    assert form.head.initial == {"expected_revision": 1}


@pytest.mark.django_db
def test_form_checks_every_line_and_names_each_error():
    typed = {f"{item}-{name}": "" for item in CostItem for name in AMOUNT_FIELDS}
    typed |= {f"{ITEM}-spent_krw": "x", "materials-government_krw": "y", "expected_revision": "1"}
    form = BudgetForm(typed, research_task=ResearchTaskFactory())
    assert not form.is_valid()
    assert [(label, field) for label, _, field in form.errors] == [
        (f"{ITEM.label} – {form.lines[0].fields['spent_krw'].label}", f"id_{ITEM}-spent_krw"),
        (
            f"{CostItem.MATERIALS.label} – {form.lines[0].fields['government_krw'].label}",
            "id_materials-government_krw",
        ),
    ]
    right = BudgetForm(
        typed | {f"{ITEM}-spent_krw": "7", "materials-government_krw": "9"}, research_task=ResearchTaskFactory()
    )
    assert right.is_valid()
    assert (right.total, right.amounts[ITEM]) == (Amounts(9, 0, 0, 7), Amounts(0, 0, 0, 7))


@pytest.mark.django_db
def test_form_without_the_revision_that_was_seen_is_older_than_any_row():
    form = BudgetForm({}, research_task=ResearchTaskFactory())
    form.is_valid()
    assert form.head.cleaned_data == {"expected_revision": RevisionField.NOT_SENT}
