"""The parties are brought together, and what came after: the next step, the non-disclosure agreement and with whom."""

from typing import Any

from django.db import transaction

from accounts.domain.organisations.confirmation import refuse_unconfirmed
from accounts.models import Organisation, User
from kr_ru_platform.saving.revisions import locked_row, refuse_stale, save_revision
from matching.domain.requests import notifications
from matching.domain.requests.match_requests import as_seen, move, record_event
from matching.enums import MatchRequestState, RequestEventKind
from matching.models import Introduction, MatchRequest, Technology


@transaction.atomic
def introduce(
    *,
    match_request: MatchRequest,
    by: User,
    note: str = "",
    expected_revision: int | None = None,
    technology_revision: int | None = None,
    **facts: Any,
) -> Introduction:
    """To the holder that stood on the page of whoever introduces, which is why the technology's revision counts, too.

    `facts`: the day, who is in contact at the holder, the next step, the agreement, as columns of the introduction.
    """
    # The technology first, as whoever merges it: its holder stays the same until this is through.
    technology = locked_row(Technology.objects.filter(pk=match_request.technology_id), no_key=True)
    row = as_seen(match_request, MatchRequestState.INTRODUCED, expected_revision)
    refuse_stale(technology, technology_revision)
    refuse_unconfirmed(row.organisation, technology.holder)
    row = move(match_request=row, to=MatchRequestState.INTRODUCED, by=by, body=note, owner=by)
    introduction = Introduction.objects.create(
        match_request=row, holder=technology.holder, introduced_by=by, note=note, **facts
    )
    notifications.request_moved(row, body=note)
    return introduction


def possible_parties(introduction: Introduction) -> list[Organisation]:
    """With whom the agreement may be: the holder of the introduction, the one it names, and today's, each once."""
    holders = [introduction.holder, introduction.signed_with, introduction.match_request.technology.holder]
    return list(dict.fromkeys(holder for holder in holders if holder is not None))


@transaction.atomic
def update_introduction(
    *, introduction: Introduction, by: User, expected_revision: int | None = None, **changes: Any
) -> Introduction:
    """Record what came after: the next step and its date, a signed non-disclosure agreement.

    The revision is that of the match request: an introduction is its last part.
    """
    match_request = locked_row(MatchRequest.objects.filter(pk=introduction.match_request_id))
    row = locked_row(introduction)
    if all(getattr(row, name) == value for name, value in changes.items()):
        return row  # It stands there already: nothing has happened that the history could tell.
    refuse_stale(match_request, expected_revision)
    save_revision(match_request, by=by)
    was_signed, party = row.nda_signed_on, row.party
    if changes.get("nda_signed_on", was_signed) != was_signed:
        # Signed anew: now for what the request is about today.
        row.signed_for = None
    for name, value in changes.items():
        setattr(row, name, value)
    if row.nda_signed_on and (not was_signed or row.party != party):
        refuse_unconfirmed(match_request.organisation, row.party)
    row.save()
    record_event(match_request=match_request, by=by, kind=RequestEventKind.INTRODUCTION, body=row.next_step)
    return row
