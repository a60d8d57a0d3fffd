"""What this session used to log in, whatever other sessions of the same person did."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash

from accounts.domain.people.sessions import end_sessions


def is_used(request: Any) -> bool:
    """A factor that was removed since, or that is another's, does not count."""
    records = get_authentication_records(request, request.user)
    used = [record.get("id") for record in records if record.get("method") == "mfa"]
    return Authenticator.objects.filter(user=request.user, pk__in=[pk for pk in used if pk]).exists()


def keep_session(request: Any) -> None:
    """After `end_sessions` this one stays, under a new key."""
    update_session_auth_hash(request, request.user)


def enrolled(*, request: Any, user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    """Who sets it up has just shown it; sessions that did not are ended."""
    if authenticator.type != Authenticator.Type.TOTP:
        return
    _end_other_sessions(request, user)
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)


def changed(*, request: Any, user: Any, **_signal: Any) -> None:
    """Removed, or with new recovery codes."""
    _end_other_sessions(request, user)


def _end_other_sessions(request: Any, user: Any) -> None:
    end_sessions(user=request.user if request.user.pk == user.pk else user, by=request.user)
    if request.user.pk == user.pk:
        keep_session(request)
