"""What a person was in charge of, when their account is closed: it waits for somebody else, on the lists of work."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from matching.enums import RequestEventKind
from matching.models import MatchRequest, RequestEvent, Technology


@receiver(account_closing, dispatch_uid="matching.release_work")
def release_work(*, user: User, by: User, **_signal: Any) -> None:
    """No new revision: what is scored and what open forms show does not change."""
    Technology.objects.filter(owner=user).update(owner=None)
    MatchRequest.objects.filter(owner=user).update(owner=None)
    # Who took a request is told by its actor; older entries hold the name as well.
    RequestEvent.objects.filter(actor=user, kind=RequestEventKind.OWNER).exclude(body="").update(body="")
