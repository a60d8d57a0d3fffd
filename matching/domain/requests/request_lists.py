"""Reads of match requests shaped for their pages."""

from django.db.models import QuerySet

from accounts.models import User
from matching import rules
from matching.enums import MatchRequestState, RequestEventKind
from matching.models import MatchRequest, RequestEvent


def with_request_texts(rows: QuerySet[MatchRequest]) -> QuerySet[MatchRequest]:
    """Everything that a list or page of match requests shows, in a fixed number of queries."""
    return rows.select_related(
        "technology__holder", "organisation", "demand", "owner", "requested_by", "introduction__holder"
    ).prefetch_related("technology__texts")


def thread_for(match_request: MatchRequest, reader: User) -> list[RequestEvent]:
    """What this person reads of it. What is told of an introduction is closed with the introduction itself."""
    events = match_request.events.select_related("actor").prefetch_related("attachments")
    told = list(events if reader.is_centre_staff else events.filter(is_internal=False))
    if not rules.can_read_introduction(reader, match_request):
        for event in told:
            if event.kind == RequestEventKind.INTRODUCTION or event.to_state == MatchRequestState.INTRODUCED:
                event.body = ""
    return told
