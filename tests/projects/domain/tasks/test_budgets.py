from decimal import Decimal

import pytest

from kr_ru_platform.saving.errors import StaleRevisionError
from projects.domain.tasks.budgets import ZERO, Amounts, amounts_of, budget_questions, save_budget, total_of
from projects.domain.tasks.task_lists import BudgetRow, BudgetTable, budget_table
from projects.domain.tasks.unusual_values import ConfirmationNeededError, UnusualValue
from projects.enums import CostItem
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.user import create_programme_admin

pytestmark = pytest.mark.django_db


def won(*millions):
    return Amounts(*(Decimal(n) * 1_000_000 for n in millions))


def save(task, lines, **kwargs):
    kwargs.setdefault("expected_revision", task.revision)
    return save_budget(research_task=task, by=create_programme_admin(), lines=lines, **kwargs)


def test_save_budget_stores_exactly_the_lines_that_have_amounts():
    task = BudgetLineFactory(cost_item=CostItem.MATERIALS).research_task
    BudgetLineFactory(research_task=task, cost_item=CostItem.PERSONNEL)
    saved = save(
        task,
        {
            CostItem.PERSONNEL: won(40, 5, 5, 20),
            CostItem.MATERIALS: Amounts(),
            CostItem.INDIRECT: won(3, 0, 0, 1),
        },
    )
    rows = [
        BudgetRow(CostItem.PERSONNEL, won(40, 5, 5, 20)),
        BudgetRow(CostItem.INDIRECT, won(3, 0, 0, 1)),
    ]
    assert budget_table(saved.budget_lines.all()) == BudgetTable(rows, won(43, 5, 5, 21))
    assert saved.revision == 2
    assert [line.total_krw for line in saved.budget_lines.all()] == [50_000_000, 3_000_000]


def test_amounts_total_and_balance():
    amounts = won(40, 5, 5, 60)
    assert (amounts.total_krw, amounts.balance_krw) == (Decimal(50_000_000), Decimal(-10_000_000))


def test_save_budget_on_an_older_revision_is_refused_and_changes_nothing():
    line = BudgetLineFactory(research_task__revision=5)
    with pytest.raises(StaleRevisionError):
        save(line.research_task, {CostItem.PERSONNEL: won(1)}, expected_revision=4)
    line.refresh_from_db()
    assert line.government_krw == 50_000_000


@pytest.mark.parametrize(
    ("row", "question"),
    [
        (
            won(10, 0, 0, 11),
            UnusualValue(
                "spent_over_total",
                {"cost_item": CostItem.PERSONNEL, "spent": Decimal(11_000_000), "total": Decimal(10_000_000)},
            ),
        ),
        (
            Amounts(Decimal(9_999)),
            UnusualValue("very_small", {"cost_item": CostItem.PERSONNEL, "amount": Decimal(9_999)}),
        ),
        (
            won(781),
            UnusualValue("over_programme", {"government": Decimal(781_000_000), "granted": 780_000_000}),
        ),
    ],
)
def test_save_budget_asks_about_unusual_amounts_and_saves_when_confirmed(row, question):
    task = ResearchTaskFactory()
    with pytest.raises(ConfirmationNeededError) as asked:
        save(task, {CostItem.PERSONNEL: row})
    assert asked.value.questions == [question]
    assert task.budget_lines.count() == 0
    save(task, {CostItem.PERSONNEL: row}, is_confirmed=True)
    assert task.budget_lines.get().government_krw == row.government_krw


def questions(government, *, spent=0):
    """Codes and amounts of what is asked about one line of a programme with 780 million."""
    task = ResearchTaskFactory()
    line = Amounts(Decimal(government), ZERO, ZERO, Decimal(spent))
    return [question.code for question in budget_questions(research_task=task, lines={CostItem.PERSONNEL: line})]


@pytest.mark.parametrize(
    ("government", "spent", "codes"),
    [
        (780_000_000, 780_000_000, []),
        (780_000_001, 0, ["over_programme"]),
        (10_000, 0, []),
        (9_999, 0, ["very_small"]),
        (1, 0, ["very_small"]),
        (0, 0, []),
        (10_000, 1, ["very_small"]),
        (10_000, 10_001, ["spent_over_total"]),
    ],
)
def test_what_is_just_usual_is_not_asked_about(government, spent, codes):
    assert questions(government, spent=spent) == codes


def test_programme_without_an_amount_of_its_own_has_no_limit():
    task = ResearchTaskFactory(programme__budget_krw=0)
    assert budget_questions(research_task=task, lines={CostItem.PERSONNEL: won(781)}) == []


def test_sum_of_rows_is_column_by_column():
    assert total_of([won(1, 2, 3, 4), won(10, 20, 30, 40)]) == won(11, 22, 33, 44)
    assert total_of([]) == Amounts()
    assert [Amounts().is_empty, won(0, 0, 0, 1).is_empty, won(0, 0, 1).is_empty] == [True, False, False]


def test_line_that_stays_the_same_gets_no_entry_in_its_history():
    line = BudgetLineFactory()
    before = line.history.count()
    save(line.research_task, {CostItem(line.cost_item): amounts_of(line)})
    assert line.history.count() == before
