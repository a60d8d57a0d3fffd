"""Sessions in the database, asked only for keys that the database can look up."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: str) -> bool:
        """A forged cookie with NUL in it is no session, rather than an error of the server."""
        return bool(super()._validate_session_key(key)) and "\x00" not in key  # type: ignore[misc]
