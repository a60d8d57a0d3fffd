"""Ending the sessions of a person: on a second factor, on other rights, on closing."""

from django.db.models import F

from accounts.models import User


def end_sessions(*, user: User, by: User) -> User:
    """All of them, wherever they are open. A view keeps the one that it answers, if it may stay."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    return user
