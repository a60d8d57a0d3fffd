"""Sessions in the database, asked only for keys that the database can look up.

A session that was ended is ended everywhere: it holds a hash of its person's `session_epoch` (accounts/models/user.py),
which is compared at each request. So it needs no list of sessions, and a copy in a cache would be worth nothing.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import router, transaction


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
