"""Sessions in the database, asked only for keys that the database can look up.

A session that was ended is ended everywhere: it holds a hash of its person's `session_epoch` (accounts/models/user.py),
which is compared at each request. So it needs no list of sessions, and a copy in a cache would be worth nothing.
"""

from typing import Any

from django.conf import settings
from django.contrib.sessions import middleware
from django.contrib.sessions.backends import db
from django.db import router, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str) -> bool:
        """A forged cookie with NUL in it is no session, rather than an error of the server."""
        return bool(super()._validate_session_key(key)) and "\x00" not in key  # type: ignore[misc]

    def put(self, name: str, value: Any) -> None:
        """One entry alone, at once: what another request writes meanwhile stays, and an ended session stays ended."""
        alias = router.db_for_write(self.model)
        with transaction.atomic(using=alias):
            rows = self.model.objects.using(alias).select_for_update().filter(session_key=self.session_key)
            row = rows.first()
            if row is None:
                return
            row.session_data = self.encode(self.decode(row.session_data) | {name: value})
            row.save(using=alias, update_fields=["session_data"])
        # Known here too, without another save of everything.
        self._session[name] = value


class SessionMiddleware(middleware.SessionMiddleware):
    """The cookie of a session that is over goes with the answer that ended it, not with each later one.

    Such an answer may be late: what a page asked by itself before somebody logged in beside it would take the new
    cookie away.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        session = request.session
        is_led_nowhere = session.accessed and session.is_empty() and not session.modified
        answer: HttpResponseBase = super().process_response(request, response)
        if is_led_nowhere:
            answer.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return answer
