"""An invitation ends with the right of whoever wrote it, and stays ended when the right comes back.

Called by everything that takes rights; the worker's round of every night finds what came by another way.
"""

from django.utils import timezone

from accounts.models import Invitation


def end_invitations_without_rights() -> int:
    """How many have ended."""
    ending = Invitation.objects.filter(pk__in=Invitation.objects.without_rights().values("pk"), rights_ended_at=None)
    return ending.update(rights_ended_at=timezone.now())
