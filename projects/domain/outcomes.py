"""Reporting, verifying and disputing outcomes. Conflicting claims stand side by side."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, save_revision, save_signed
from projects.domain.tasks.unusual_values import ConfirmationNeededError, UnusualValue
from projects.enums import MONEY_KINDS, Currency, OutcomeKind, OutcomeStatus
from projects.models import Outcome, ResearchTask
from projects.models.outcome import SAME_CLAIM

# Rough rates to see whether a figure is possible at all; never used to convert what is shown.
ROUGH_KRW = {
    Currency.KRW: Decimal(1),
    Currency.USD: Decimal(1300),
    Currency.EUR: Decimal(1450),
    Currency.RUB: Decimal(15),
    Currency.JPY: Decimal(9),
}
PLAUSIBLE_TIMES_BUDGET = 100
PLAUSIBLE_COUNTS = {OutcomeKind.JOBS: 1000, OutcomeKind.PATENTS: 100, OutcomeKind.PAPERS: 100}
# A changed figure is a claim again; a verified one is disputed first.
MOVES = Moves(
    {
        OutcomeStatus.CLAIMED: [OutcomeStatus.CLAIMED, OutcomeStatus.VERIFIED, OutcomeStatus.DISPUTED],
        OutcomeStatus.VERIFIED: [OutcomeStatus.DISPUTED],
        OutcomeStatus.DISPUTED: [OutcomeStatus.CLAIMED, OutcomeStatus.VERIFIED],
    },
    field="status",
)
FIELDS = frozenset({"kind", "value", "currency", "country", "period_start", "period_end", "evidence", "evidence_file"})


def budget_for_comparison(research_task: ResearchTask) -> Decimal:
    """The task's own budget, or its programme's where the task has none."""
    planned = research_task.budget_lines.aggregate(total=Sum("total_krw"))["total"]
    return planned or research_task.programme.budget_krw


def outcome_questions(*, research_task: ResearchTask, data: dict[str, Any]) -> list[UnusualValue]:
    """What looks impossible about this figure."""
    kind, value = OutcomeKind(data["kind"]), Decimal(data["value"])
    if kind in MONEY_KINDS:
        budget = budget_for_comparison(research_task)
        in_won = value * ROUGH_KRW[Currency(data["currency"])]
        if budget and in_won > budget * PLAUSIBLE_TIMES_BUDGET:
            times = int(in_won / budget)
            return [UnusualValue("far_over_budget", {"times": times, "in_won": in_won, "budget": budget})]
    elif value > PLAUSIBLE_COUNTS[kind]:
        return [UnusualValue("very_many", {"value": value})]
    return []


@transaction.atomic
def report_outcome(
    *, research_task: ResearchTask, by: User, data: dict[str, Any], is_confirmed: bool = False
) -> Outcome:
    """A new claim. It stands beside other claims of the same kind and replaces none."""
    ask(research_task, data, is_confirmed, repeated_claim(research_task, data))
    outcome = Outcome(research_task=research_task)
    sign(outcome, by)
    fill(outcome, data)
    save_signed(outcome, by=by)
    return outcome


@transaction.atomic
def update_outcome(
    *,
    outcome: Outcome,
    by: User,
    data: dict[str, Any],
    expected_revision: int,
    is_confirmed: bool = False,
) -> Outcome:
    """Changing a figure makes it a claim again, of the person who changed it."""
    locked = locked_row(outcome, expected_revision)
    MOVES.check(locked, OutcomeStatus.CLAIMED)
    ask(locked.research_task, data, is_confirmed)
    locked.status = OutcomeStatus.CLAIMED
    locked.checked_by, locked.checked_at, locked.status_note = None, None, ""
    sign(locked, by)
    fill(locked, data)
    save_revision(locked, by=by)
    return locked


@transaction.atomic
def verify_outcome(*, outcome: Outcome, by: User, note: str = "", expected_revision: int | None = None) -> Outcome:
    return check(outcome, OutcomeStatus.VERIFIED, by, note, expected_revision)


@transaction.atomic
def dispute_outcome(*, outcome: Outcome, by: User, note: str, expected_revision: int | None = None) -> Outcome:
    if not note.strip():
        raise MoveNotAllowedError(outcome, OutcomeStatus.DISPUTED)
    return check(outcome, OutcomeStatus.DISPUTED, by, note, expected_revision)


def check(outcome: Outcome, to: OutcomeStatus, by: User, note: str, expected_revision: int | None) -> Outcome:
    """Never by the person who reported the figure, and only the figure that was seen."""
    locked = locked_row(outcome, expected_revision)
    MOVES.check(locked, to)
    if locked.is_figure_of(by):
        raise MoveNotAllowedError(locked, to)
    locked.status = to
    locked.checked_by, locked.checked_at = by, timezone.now()
    locked.status_note = note.strip()
    save_revision(locked, by=by)
    return locked


def repeated_claim(research_task: ResearchTask, data: dict[str, Any]) -> list[UnusualValue]:
    """The very same figure once more: a second press on the button, or a real second one?"""
    same = {name: data[name] for name in SAME_CLAIM}
    return [UnusualValue("already_reported")] if research_task.outcomes.filter(**same).exists() else []


def ask(
    research_task: ResearchTask, data: dict[str, Any], is_confirmed: bool, others: Sequence[UnusualValue] = ()
) -> None:
    questions = [*others, *outcome_questions(research_task=research_task, data=data)]
    if questions and not is_confirmed:
        raise ConfirmationNeededError(questions)


def sign(outcome: Outcome, by: User) -> None:
    """Whose claim it is. Of several companies of one person the one that it was for, else the first of the task."""
    companies = outcome.research_task.reporting_companies(by)
    if outcome.reported_for_id not in companies:
        outcome.reported_for_id = companies[0] if companies else None
    outcome.reported_by = by


def fill(outcome: Outcome, data: dict[str, Any]) -> None:
    for name in FIELDS & data.keys():
        setattr(outcome, name, data[name] or "" if name == "evidence_file" else data[name])
