"""What every page's template needs to know about the one who reads it."""

from typing import Any

from accounts import session_clock


def session(request: Any) -> dict[str, object]:
    """Seconds until the session ends, so that a page can warn before; see static/js and accounts/views/session.py."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"session_seconds_left": session_clock.seconds_left(request.session, user)}
