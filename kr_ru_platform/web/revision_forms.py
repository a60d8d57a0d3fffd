"""Forms that carry the revision they were opened on: reading it, and after somebody has saved meanwhile."""

from typing import Any

from django.http import HttpRequest

from kr_ru_platform.web.fields import RevisionField
from kr_ru_platform.web.kept.sent_forms import last_sender
from kr_ru_platform.words.reading.row_keys import as_id


def revisions_seen(request: HttpRequest, stays: Any, goes: Any) -> tuple[int, int]:
    """Of two rows on one page, each in a field of its own. What was not sent is -1, at which no row ever is."""
    seen = [as_id(request.POST.get(f"revision_{row.pk}")) or RevisionField.NOT_SENT for row in (stays, goes)]
    return seen[0], seen[1]


def reopened(form: Any, row: Any, request: HttpRequest, *, field: str = "expected_revision") -> None:
    """The same form with everything typed, now standing on the newer version: saving again is on purpose."""
    form.data = form.data.copy()
    form.data[form.add_prefix(field)] = str(row.revision if row else 0)
    form.is_own_change = row is not None and is_own_change(row, request)


def is_own_change(row: Any, request: HttpRequest) -> bool:
    """Whether the version that came in between is by the same person, from another window."""
    latest = row.history.order_by("-history_date", "-history_id").first() if hasattr(row, "history") else None
    if latest is not None and latest.revision == row.revision:
        return latest.history_user_id == request.user.pk
    if hasattr(row, "written_by_id"):
        # What saved itself leaves no history. Rows from before it was noted: of whoever began the draft.
        return (row.autosaved_by_id or row.written_by_id) == request.user.pk
    return last_sender(request.path) == request.user.pk
