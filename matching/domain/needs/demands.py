"""What a company looks for: written as a draft, opened to matching, closed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import delete_signed, locked_row, refuse_stale, save_revision, save_signed
from matching.domain.matches import matchmaking
from matching.domain.matches.scorers import active_scorer
from matching.domain.texts.need_texts import first_sentence, need_language
from matching.enums import DemandState, Emphasis
from matching.models import Demand

CONTENT = (
    "title",
    "problem",
    "wanted_result",
    "field",
    "minimum_trl",
    "needed_by",
    "budget_krw",
    "transfer_modes",
    "direction",
)
TEXTS = ("title", "problem", "wanted_result")
MOVES = Moves(
    {
        DemandState.DRAFT: [DemandState.OPEN],
        DemandState.OPEN: [DemandState.CLOSED],
        DemandState.CLOSED: [DemandState.OPEN],
    }
)


@transaction.atomic
def save_demand(
    *,
    by: User,
    organisation: Organisation,
    data: dict[str, Any],
    demand: Demand | None = None,
    expected_revision: int | None = None,
    draft_token: UUID | None = None,
    keep_history: bool = True,
) -> Demand:
    """Write what was typed. Autosaves leave no history: only what a person saved does."""
    if demand is None and draft_token:
        demand = _draft_made_before(by=by, draft_token=draft_token)
        # A first save that comes again may repeat itself, not undo what was written since.
        expected_revision = expected_revision or 1
    if demand is None:
        is_taken = Demand.objects.filter(draft_token=draft_token).exists() if draft_token else False
        token = None if is_taken else draft_token
        row = Demand(organisation=organisation, written_by=by, draft_token=token, revision=0)
        expected_revision = 0
    else:
        row = locked_row(demand)
    changed = _changed(row, organisation, data)
    if not changed:
        return row
    refuse_stale(row, expected_revision)
    if keep_history:
        _remember_autosaved(row)
    for name, value in changed.items():
        setattr(row, name, value)
    row.language = need_language(*(getattr(row, name) for name in TEXTS))
    if row.state != DemandState.DRAFT and not row.title:
        row.title = first_sentence(row.problem)
    if keep_history:
        save_revision(row, by=by)
    else:
        row.revision += 1
        row.save_without_historical_record()  # type: ignore[attr-defined]
    return row


def _draft_made_before(*, by: User, draft_token: UUID) -> Demand | None:
    """The draft that this very form has already made, waiting for a save of it under way."""
    locked_row(by, no_key=True)
    # Who has left the company since writes no more in its demands.
    return Demand.objects.visible_to(by).filter(draft_token=draft_token, written_by=by).first()


def _remember_autosaved(row: Demand) -> None:
    """What autosaves wrote last goes into the history before a person writes over it."""
    if row.revision and not row.history.filter(revision=row.revision).exists():
        save_signed(row, by=row.written_by)


def _changed(demand: Demand, organisation: Organisation, data: dict[str, Any]) -> dict[str, Any]:
    """The values that differ. Only a draft can move to another company."""
    values = {name: data[name] for name in CONTENT if name in data}
    if demand.state == DemandState.DRAFT:
        values["organisation_id"] = organisation.pk
    is_first = demand.revision == 0
    return {name: value for name, value in values.items() if is_first or getattr(demand, name) != value}


@transaction.atomic
def set_preferences(*, demand: Demand, by: User, preferences: Mapping[str, str]) -> Demand:
    """What matters more to the company. The stored matches follow at once, then the worker the catalogue."""
    # Not the key: a worker that is writing matches of this demand goes on meanwhile.
    row = locked_row(demand, no_key=True)
    if row.state != DemandState.OPEN:
        raise MoveNotAllowedError(row)
    unknown = preferences.keys() - active_scorer().weights.keys()
    if unknown or not {*preferences.values()} <= {*Emphasis.values}:
        raise ValueError(preferences)
    asked = {code: emphasis for code, emphasis in preferences.items() if emphasis != Emphasis.NORMAL}
    if asked == row.preferences:
        return row
    row.preferences = asked
    save_revision(row, by=by)
    matchmaking.reweigh(demand=row)
    return row


def open_demand(*, demand: Demand, by: User) -> Demand:
    """Let it be matched. Opening again after a pause scores it against what is there now."""
    return _move(demand=demand, to=DemandState.OPEN, by=by)


def close_demand(*, demand: Demand, by: User) -> Demand:
    return _move(demand=demand, to=DemandState.CLOSED, by=by)


@transaction.atomic
def delete_draft(*, demand: Demand, by: User) -> None:
    """Only what has never been opened; the history keeps its last state."""
    row = locked_row(demand)
    if row.state != DemandState.DRAFT:
        raise MoveNotAllowedError(row)
    delete_signed(row, by=by)


@transaction.atomic
def _move(*, demand: Demand, to: DemandState, by: User) -> Demand:
    locked = locked_row(demand)
    MOVES.check(locked, to)
    locked.state = to
    if to == DemandState.CLOSED:
        # Nothing to read or to score again.
        save_signed(locked, by=by)
        return locked
    if not locked.problem.strip():
        raise MoveNotAllowedError(locked, to)
    locked.title = locked.title or first_sentence(locked.problem)
    locked.opened_at = timezone.now()
    save_revision(locked, by=by)
    return locked
