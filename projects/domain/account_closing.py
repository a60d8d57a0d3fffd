"""What a person was in charge of, when their account is closed."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from projects.models import ResearchTask


@receiver(account_closing, dispatch_uid="projects.release_work")
def release_work(*, user: User, by: User, **_signal: Any) -> None:
    ResearchTask.objects.filter(manager=user).update(manager=None)
