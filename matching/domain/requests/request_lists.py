"""Reads of match requests shaped for their pages."""

from django.db.models import QuerySet

from matching.enums import MatchRequestState, RequestEventKind
from matching.models import MatchRequest, RequestEvent


def with_request_texts(rows: QuerySet[MatchRequest]) -> QuerySet[MatchRequest]:
    """Everything that a list or page of match requests shows, in a fixed number of queries."""
    return rows.select_related(
        "technology__holder", "organisation", "demand", "owner", "requested_by", "introduction__holder"
    ).prefetch_related("technology__texts")


def thread_for(match_request: MatchRequest, *, is_staff: bool, reads_introduction: bool = True) -> list[RequestEvent]:
    """What is told of an introduction on the thread is closed with the introduction itself."""
    events = match_request.events.select_related("actor").prefetch_related("attachments")
    told = list(events if is_staff else events.filter(is_internal=False))
    if not reads_introduction:
        for event in told:
            if event.kind == RequestEventKind.INTRODUCTION or event.to_state == MatchRequestState.INTRODUCED:
                event.body = ""
    return told
