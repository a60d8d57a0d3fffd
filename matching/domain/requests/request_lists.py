"""Reads of match requests shaped for their pages."""

from django.db.models import QuerySet

from matching.models import MatchRequest, RequestEvent


def with_request_texts(rows: QuerySet[MatchRequest]) -> QuerySet[MatchRequest]:
    """Everything that a list or page of match requests shows, in a fixed number of queries."""
    return rows.select_related(
        "technology__holder", "organisation", "demand", "owner", "requested_by", "introduction"
    ).prefetch_related("technology__texts")


def thread_for(match_request: MatchRequest, *, is_staff: bool) -> QuerySet[RequestEvent]:
    events = match_request.events.select_related("actor").prefetch_related("attachments")
    return events if is_staff else events.filter(is_internal=False)
