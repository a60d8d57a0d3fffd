"""The budget of a research task: saved as a whole, adds up by constraint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from kr_ru_platform.saving.revisions import delete_signed, locked_row, save_revision, save_signed
from projects.domain.tasks.unusual_values import ConfirmationNeededError, UnusualValue
from projects.enums import CostItem
from projects.models import BudgetLine, ResearchTask

# Below this an amount was probably typed in thousands or millions of won.
SMALLEST_USUAL_KRW = Decimal(10_000)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Amounts:
    """One cost item's row, or a sum of rows."""

    government_krw: Decimal = ZERO
    company_cash_krw: Decimal = ZERO
    company_in_kind_krw: Decimal = ZERO
    spent_krw: Decimal = ZERO

    @property
    def total_krw(self) -> Decimal:
        return self.government_krw + self.company_cash_krw + self.company_in_kind_krw

    @property
    def balance_krw(self) -> Decimal:
        return self.total_krw - self.spent_krw

    @property
    def is_empty(self) -> bool:
        return not (self.total_krw or self.spent_krw)

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.government_krw + other.government_krw,
            self.company_cash_krw + other.company_cash_krw,
            self.company_in_kind_krw + other.company_in_kind_krw,
            self.spent_krw + other.spent_krw,
        )


def amounts_of(line: BudgetLine) -> Amounts:
    return Amounts(line.government_krw, line.company_cash_krw, line.company_in_kind_krw, line.spent_krw)


def total_of(rows: Iterable[Amounts]) -> Amounts:
    return sum(rows, Amounts())


def budget_questions(*, research_task: ResearchTask, lines: Mapping[CostItem, Amounts]) -> list[UnusualValue]:
    """What a person should look at again before this budget is stored."""
    questions = []
    for item, row in lines.items():
        if row.spent_krw > row.total_krw:
            values = {"cost_item": item, "spent": row.spent_krw, "total": row.total_krw}
            questions.append(UnusualValue("spent_over_total", values))
        amounts = (row.government_krw, row.company_cash_krw, row.company_in_kind_krw, row.spent_krw)
        if small := [amount for amount in amounts if 0 < amount < SMALLEST_USUAL_KRW]:
            questions.append(UnusualValue("very_small", {"cost_item": item, "amount": min(small)}))
    granted = research_task.programme.budget_krw
    government = total_of(lines.values()).government_krw
    if granted and government > granted:
        questions.append(UnusualValue("over_programme", {"government": government, "granted": granted}))
    return questions


@transaction.atomic
def save_budget(
    *,
    research_task: ResearchTask,
    by: User,
    lines: Mapping[CostItem, Amounts],
    expected_revision: int,
    is_confirmed: bool = False,
) -> ResearchTask:
    """Store exactly these lines; a cost item without amounts has no line."""
    locked = locked_row(research_task, expected_revision)
    kept = {item: row for item, row in lines.items() if not row.is_empty}
    questions = budget_questions(research_task=locked, lines=kept)
    if questions and not is_confirmed:
        raise ConfirmationNeededError(questions)
    existing = {line.cost_item: line for line in locked.budget_lines.all()}
    for item, line in existing.items():
        if item not in kept:
            delete_signed(line, by=by)
    for item, row in kept.items():
        line = existing.get(item) or BudgetLine(research_task=locked, cost_item=item)
        write_line(line, row, by)
    save_revision(locked, by=by)
    return locked


def write_line(line: BudgetLine, row: Amounts, by: User) -> None:
    if line.pk and amounts_of(line) == row:
        return
    line.government_krw = row.government_krw
    line.company_cash_krw = row.company_cash_krw
    line.company_in_kind_krw = row.company_in_kind_krw
    line.total_krw = row.total_krw
    line.spent_krw = row.spent_krw
    save_signed(line, by=by)
