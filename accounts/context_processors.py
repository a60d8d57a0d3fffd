"""What every page's template needs to know about the one who reads it."""

from typing import Any

from accounts.signing_in import session_clock


def session(request: Any) -> dict[str, object]:
    """Seconds until the session ends, so that a page can warn before: static/js, accounts/views/people/session.py."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"session_seconds_left": session_clock.seconds_left(request.session, user)}
