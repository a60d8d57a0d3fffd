"""What a person was in charge of, when their account is closed: it waits for somebody else, on the lists of work."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from matching.models import MatchRequest, Technology


@receiver(account_closing, dispatch_uid="matching.release_work")
def release_work(*, user: User, by: User, **_signal: Any) -> None:
    """No new revision: what is scored and what open forms show does not change."""
    Technology.objects.filter(owner=user).update(owner=None)
    MatchRequest.objects.filter(owner=user).update(owner=None)
