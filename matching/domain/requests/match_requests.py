"""A match request from the first message to the last decision. With `introductions` the one writer of its tables."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, refuse_stale, save_revision
from kr_ru_platform.words.form_cleaning import clean_file_name
from matching.domain.matches import feedback
from matching.domain.requests import notifications
from matching.domain.requests.due_dates import due_date
from matching.enums import DeclineReason, MatchRequestState, RequestEventKind, TechnologyState, Verdict
from matching.models import (
    Demand,
    Match,
    MatchRequest,
    RequestAttachment,
    RequestEvent,
    Technology,
)

State = MatchRequestState
MOVES = Moves(
    {
        State.SUBMITTED: [State.IN_REVIEW, State.QUESTION, State.ACCEPTED, State.DECLINED, State.WITHDRAWN],
        State.IN_REVIEW: [State.QUESTION, State.ACCEPTED, State.DECLINED, State.WITHDRAWN],
        State.QUESTION: [State.IN_REVIEW, State.ACCEPTED, State.DECLINED, State.WITHDRAWN],
        State.ACCEPTED: [State.INTRODUCED, State.DECLINED, State.WITHDRAWN],
    }
)


class TechnologyWithdrawnError(Exception):
    """The technology is no longer offered."""


class AlreadyRequestedError(Exception):
    """The company has a pending request for this technology; `args[0]` is it."""


class OwnTechnologyError(Exception):
    """A holder asks to be introduced to itself."""


@transaction.atomic
def request_introduction(
    *,
    technology: Technology,
    organisation: Organisation,
    by: User,
    message: str,
    demand: Demand | None = None,
    match: Match | None = None,
) -> MatchRequest:
    if match and match.need.organisation_id != organisation.pk:
        match = None  # Another company's match says nothing about this one.
    # The lock makes a withdrawal and a request for the same technology wait for each other.
    # Not the key: a worker that writes matches of it goes on meanwhile.
    technology = locked_row(technology, no_key=True)
    if technology.state != TechnologyState.PUBLISHED:
        raise TechnologyWithdrawnError
    if technology.holder_id == organisation.pk:
        raise OwnTechnologyError
    pending = MatchRequest.objects.pending().filter(technology=technology, organisation=organisation)
    if existing := pending.first():
        raise AlreadyRequestedError(existing)
    match_request = MatchRequest.objects.create(
        technology=technology,
        organisation=organisation,
        demand=demand,
        match=match,
        score_when_requested=match.score if match else None,
        scorer_version_when_requested=match.scorer_version if match else "",
        requested_by=by,
        message=message,
        owner=technology.owner,
        due_on=due_date(State.SUBMITTED),
    )
    record_event(match_request=match_request, by=by, kind=RequestEventKind.STATE, to_state=State.SUBMITTED)
    feedback.record_request_step(match_request=match_request, by=by, verdict=Verdict.REQUESTED)
    notifications.request_received(match_request)
    return match_request


def record_event(
    *,
    match_request: MatchRequest,
    by: User,
    kind: RequestEventKind,
    body: str = "",
    files: Iterable[UploadedFile] = (),
    **about: Any,
) -> RequestEvent:
    """`about`: `from_state` and `to_state` of a move, `is_internal` of a message."""
    event = RequestEvent.objects.create(match_request=match_request, kind=kind, actor=by, body=body, **about)
    for file in files:
        RequestAttachment.objects.create(
            event=event, file=file, name=clean_file_name(file.name or ""), size=file.size or 0
        )
    return event


def move(
    *,
    match_request: MatchRequest,
    to: MatchRequestState,
    by: User,
    body: str = "",
    files: Iterable[UploadedFile] = (),
    **changes: Any,
) -> MatchRequest:
    """Change the state if the table of moves allows it, with its event and due date."""
    row = locked_row(match_request)
    MOVES.check(row, to)
    was, row.state = row.state, to
    for name, value in changes.items():
        setattr(row, name, value)
    if row.is_pending:
        row.due_on = due_date(to)
    else:
        row.closed_at = timezone.now()
    save_revision(row, by=by)
    states = {"from_state": was, "to_state": to}
    record_event(match_request=row, by=by, kind=RequestEventKind.STATE, body=body, files=files, **states)
    if to in Verdict.values:
        feedback.record_request_step(match_request=row, by=by, verdict=Verdict(to), reason=row.decline_reason)
    return row


def as_seen(match_request: MatchRequest, to: MatchRequestState, expected_revision: int | None) -> MatchRequest:
    """The request, locked, before somebody decides: that it is decided already is told before that it changed."""
    row = locked_row(match_request)
    MOVES.check(row, to)
    refuse_stale(row, expected_revision)
    return row


@transaction.atomic
def take(*, match_request: MatchRequest, by: User) -> MatchRequest:
    """A member of staff takes the request; a second one may take it over."""
    row = locked_row(match_request)
    if not row.is_pending:
        raise MoveNotAllowedError(row)
    if row.state == State.SUBMITTED:
        row = move(match_request=row, to=State.IN_REVIEW, by=by, owner=by)
        notifications.request_moved(row)
    elif row.owner_id != by.pk:
        row.owner = by
        save_revision(row, by=by)
        record_event(match_request=row, by=by, kind=RequestEventKind.OWNER)
    return row


@transaction.atomic
def ask(
    *,
    match_request: MatchRequest,
    by: User,
    question: str,
    files: Iterable[UploadedFile] = (),
    expected_revision: int | None = None,
) -> MatchRequest:
    row = as_seen(match_request, State.QUESTION, expected_revision)
    row = move(match_request=row, to=State.QUESTION, by=by, body=question, files=files, owner=by)
    notifications.request_moved(row, body=question)
    return row


@transaction.atomic
def accept(
    *, match_request: MatchRequest, by: User, note: str = "", expected_revision: int | None = None
) -> MatchRequest:
    row = as_seen(match_request, State.ACCEPTED, expected_revision)
    row = move(match_request=row, to=State.ACCEPTED, by=by, body=note, owner=by)
    notifications.request_moved(row, body=note)
    return row


@transaction.atomic
def decline(
    *,
    match_request: MatchRequest,
    by: User,
    reason: DeclineReason,
    note: str = "",
    expected_revision: int | None = None,
) -> MatchRequest:
    row = as_seen(match_request, State.DECLINED, expected_revision)
    row = move(
        match_request=row,
        to=State.DECLINED,
        by=by,
        body=note,
        owner=by,
        decline_reason=reason,
        decline_note=note,
    )
    notifications.request_moved(row, body=note)
    return row


@transaction.atomic
def withdraw(
    *, match_request: MatchRequest, by: User, note: str = "", expected_revision: int | None = None
) -> MatchRequest:
    row = as_seen(match_request, State.WITHDRAWN, expected_revision)
    row = move(match_request=row, to=State.WITHDRAWN, by=by, body=note)
    notifications.request_withdrawn(row)
    return row


@transaction.atomic
def post_message(
    *,
    match_request: MatchRequest,
    by: User,
    body: str,
    is_internal: bool = False,
    files: Iterable[UploadedFile] = (),
) -> RequestEvent:
    """A message on the thread. The company's reply to a question sends the request back to the centre."""
    row = locked_row(match_request)
    is_reply = row.state == State.QUESTION and not by.is_centre_staff
    if is_reply:
        row = move(match_request=row, to=State.IN_REVIEW, by=by, body=body, files=files)
        event = row.events.latest("id")
    else:
        event = record_event(
            match_request=row,
            by=by,
            kind=RequestEventKind.MESSAGE,
            body=body,
            is_internal=is_internal,
            files=files,
        )
    if not is_internal:
        notifications.message_posted(row, by=by, body=body)
    return event


@transaction.atomic
def set_due_date(*, match_request: MatchRequest, by: User, due_on: date) -> MatchRequest:
    row = locked_row(match_request)
    if not row.is_pending:
        raise MoveNotAllowedError(row)
    if row.due_on == due_on:
        return row
    row.due_on = due_on
    save_revision(row, by=by)
    record_event(match_request=row, by=by, kind=RequestEventKind.DUE, body=due_on.isoformat())
    return row
