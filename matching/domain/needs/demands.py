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
MOVES = Moves(
    {
        DemandState.DRAFT: [DemandState.OPEN],
        DemandState.OPEN: [DemandState.CLOSED],
        DemandState.CLOSED: [DemandState.OPEN],
    }
)


@transaction.atomic
def write_demand(
    *,
    by: User,
    organisation: Organisation,
    data: dict[str, Any],
    draft_token: UUID | None = None,
    expected_revision: int | None = None,
    keep_history: bool = True,
) -> Demand:
    """From a form that knows no demand yet: a new draft, or the one that this very form has already made."""
    known = _draft_made_before(by=by, draft_token=draft_token) if draft_token else None
    if known is None:
        return _new_draft(by, organisation, data, draft_token, keep_history)
    return edit_demand(
        demand=known,
        by=by,
        organisation=organisation,
        data=data,
        # A first save that comes again may repeat itself, not undo what was written since.
        expected_revision=expected_revision or 1,
        keep_history=keep_history,
    )


@transaction.atomic
def edit_demand(
    *,
    demand: Demand,
    by: User,
    organisation: Organisation,
    data: dict[str, Any],
    expected_revision: int | None = None,
    keep_history: bool = True,
) -> Demand:
    """Write what was typed. Autosaves leave no history, unless they write over somebody else's.

    Nor do they move a draft to another company, whose people would read what stood there; nor write a text for the
    other one into it. Raises MoveNotAllowedError then.
    """
    row = locked_row(demand)
    changed = _changed(row, organisation, data)
    if not changed:
        return row
    refuse_stale(row, expected_revision)
    if not keep_history and "organisation_id" in changed:
        raise MoveNotAllowedError(row)
    _remember_autosaved(row, by=None if keep_history else by)
    return _write(row, changed, by, keep_history)


def _new_draft(
    by: User, organisation: Organisation, data: dict[str, Any], draft_token: UUID | None, keep_history: bool
) -> Demand:
    """The token of somebody else's draft, or of one that this person no longer sees, stays with that draft."""
    is_taken = draft_token is not None and Demand.objects.filter(draft_token=draft_token).exists()
    token = None if is_taken else draft_token
    row = Demand(organisation=organisation, written_by=by, draft_token=token, revision=0)
    return _write(row, _content(data), by, keep_history)


def _write(row: Demand, values: dict[str, Any], by: User, keep_history: bool) -> Demand:
    for name, value in values.items():
        setattr(row, name, value)
    row.language = need_language(*row.own_texts)
    if row.state != DemandState.DRAFT and not row.title:
        row.title = first_sentence(row.problem)
    if keep_history:
        save_revision(row, by=by)
    else:
        row.revision += 1
        row.autosaved_by = by
        row.save_without_historical_record()  # type: ignore[attr-defined]
    return row


def _draft_made_before(*, by: User, draft_token: UUID) -> Demand | None:
    """The draft that this very form has already made, waiting for a save of it under way."""
    locked_row(by, no_key=True)
    # Who has left the company since writes no more in its demands.
    return Demand.objects.visible_to(by).filter(draft_token=draft_token, written_by=by).first()


def _remember_autosaved(row: Demand, *, by: User | None) -> None:
    """What autosaves wrote last goes into the history, signed by its writer, before it is written over.

    `by`: who only goes on with what is their own, of which no version is kept each time; None for a press.
    """
    if not row.revision or row.history.filter(revision=row.revision).exists():
        return
    # Rows from before it was noted: of whoever began the draft.
    writer = row.autosaved_by or row.written_by
    if by is None or writer != by:
        save_signed(row, by=writer)


def _changed(demand: Demand, organisation: Organisation, data: dict[str, Any]) -> dict[str, Any]:
    """The values that differ. Only a draft can move to another company."""
    values = _content(data)
    if demand.state == DemandState.DRAFT:
        values["organisation_id"] = organisation.pk
    return {name: value for name, value in values.items() if getattr(demand, name) != value}


def _content(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in CONTENT if name in data}


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


def open_demand(*, demand: Demand, by: User, expected_revision: int | None = None) -> Demand:
    """Let it be matched. Opening again after a pause scores it against what is there now."""
    return _move(demand=demand, to=DemandState.OPEN, by=by, expected_revision=expected_revision)


def close_demand(*, demand: Demand, by: User) -> Demand:
    return _move(demand=demand, to=DemandState.CLOSED, by=by)


@transaction.atomic
def delete_draft(*, demand: Demand, by: User, expected_revision: int | None = None) -> None:
    """Only what has never been opened, as the person has read it; the history keeps its last state."""
    row = locked_row(demand)
    if row.state != DemandState.DRAFT:
        raise MoveNotAllowedError(row)
    refuse_stale(row, expected_revision)
    delete_signed(row, by=by)


@transaction.atomic
def _move(*, demand: Demand, to: DemandState, by: User, expected_revision: int | None = None) -> Demand:
    locked = locked_row(demand)
    MOVES.check(locked, to)
    refuse_stale(locked, expected_revision)
    _remember_autosaved(locked, by=by)
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
