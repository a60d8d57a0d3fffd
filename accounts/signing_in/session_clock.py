"""How long a session still lasts: ended when nobody used it for a while, and after so many hours in any case.

Times stand in the session itself and are judged by the server; the cookie's age is only a comfort.
What a page asks by itself (a list that looks every two seconds whether it is done) is no use of it.
"""

import time
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

BEGAN_AT = "session_began_at"
USED_AT = "session_used_at"
# Within so many seconds a further use is not written down again.
GRAIN = 30


class Limits(NamedTuple):
    """In seconds."""

    idle: int
    whole: int


def limits_for(user: User) -> Limits:
    if user.is_staff or user.is_centre_staff:
        return Limits(settings.STAFF_IDLE_MINUTES * 60, settings.STAFF_SESSION_HOURS * 3600)
    return Limits(settings.MEMBER_IDLE_MINUTES * 60, settings.MEMBER_SESSION_HOURS * 3600)


def start(session: SessionBase) -> None:
    session[BEGAN_AT] = session[USED_AT] = int(time.time())


def begin(*, request: Any, **_signal: Any) -> None:
    """Each log-in begins anew, also one over a session that was open."""
    start(request.session)


def seconds_left(session: SessionBase, user: User) -> int:
    """Until one of both limits is reached; never below zero."""
    now, limits = time.time(), limits_for(user)
    idle = session.get(USED_AT, now) + limits.idle - now
    whole = session.get(BEGAN_AT, now) + limits.whole - now
    return max(0, int(min(idle, whole)))


def note_use(session: SessionBase) -> None:
    """Beside the other contents, so that two answers at once do not write over each other's."""
    now = int(time.time())
    if BEGAN_AT not in session:
        start(session)
    elif now - session[USED_AT] >= GRAIN:
        session.put(USED_AT, now)  # type: ignore[attr-defined]
