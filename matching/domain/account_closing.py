"""What a person was in charge of, when their account is closed: it waits for somebody else, on the lists of work."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from matching.enums import RequestEventKind
from matching.models import MatchRequest, Publication, RequestEvent, Technology


@receiver(account_closing, dispatch_uid="matching.release_work")
def release_work(*, user: User, by: User, **_signal: Any) -> None:
    """No new revision: what is scored and what open forms show does not change."""
    Technology.objects.filter(owner=user).update(owner=None)
    MatchRequest.objects.filter(owner=user).update(owner=None)
    # Who took a request is told by its actor; older entries hold the name as well.
    RequestEvent.objects.filter(actor=user, kind=RequestEventKind.OWNER).exclude(body="").update(body="")
    _unname_in_old_publications(user)


def _unname_in_old_publications(user: User) -> None:
    """A name that another person has as well may be that one's; an address is always this person's."""
    names = set(user.mailboxes)
    if user.full_name and not User.objects.filter(full_name=user.full_name).exclude(pk=user.pk).exists():
        names.add(user.full_name)
    for row in Publication.objects.exclude(other_names=""):
        said = row.other_names.split(", ")
        left = [name for name in said if name not in names]
        if len(left) < len(said):
            row.other_names, row.proposers = ", ".join(left), sorted({*row.proposers, user.pk})
            row.save(update_fields=["other_names", "proposers"])
