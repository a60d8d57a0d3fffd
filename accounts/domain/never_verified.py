"""Accounts that somebody opened on an address which nobody has shown to be theirs.

Whoever opened one chose its password and knows nothing of the mailbox. So it keeps the address from nobody: a later
sign-up takes its place, and after some days it is deleted. An address that is still to be confirmed beside a confirmed
one is no more than that.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from accounts.models import User
from kr_ru_platform.words.reading.folding import fold_email


def never_verified() -> QuerySet[User]:
    """Opened by a sign-up and never logged in to. Not whom an administrator entered or gave anything."""
    own = EmailAddress.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        Exists(own),
        ~Exists(own.filter(verified=True)),
        last_login=None,
        is_active=True,
        is_staff=False,
        is_superuser=False,
        groups=None,
        memberships=None,
    )


def owner_of(email: str) -> User | None:
    """Whose it is, as far as anybody can know: by a confirmed address, the account's or another, or as entered."""
    confirmed = EmailAddress.objects.filter(email=fold_email(email), verified=True).select_related("user").first()
    if confirmed is not None:
        return confirmed.user
    return User.objects.filter(email=email).exclude(pk__in=never_verified().values("pk")).first()


def is_taken(email: str) -> bool:
    return owner_of(email) is not None


@transaction.atomic
def free_address(*, email: str, keep: User | None = None) -> None:
    """For whoever signs up with it now, or has just shown that it is theirs (`keep`)."""
    email = fold_email(email)
    # A confirmation of this moment is waited for, and then counts.
    list(EmailAddress.objects.select_for_update().filter(email=email).order_by("pk").values_list("pk"))
    others = never_verified().filter(email=email)
    wished_for = _wished_for().filter(email=email)
    if keep is not None:
        others, wished_for = others.exclude(pk=keep.pk), wished_for.exclude(user=keep)
    for user in others:
        user.delete()
    wished_for.delete()


def delete_never_verified() -> int:
    """Those older than NEVER_VERIFIED_DAYS. How many accounts."""
    before = timezone.now() - timedelta(days=settings.NEVER_VERIFIED_DAYS)
    count = 0
    for user in never_verified().filter(date_joined__lt=before).iterator():
        count += _delete_one(user)
    # They have no date; whoever still wants one asks for another code.
    _wished_for().delete()
    return count


@transaction.atomic
def _delete_one(user: User) -> bool:
    list(EmailAddress.objects.select_for_update().filter(user=user).values_list("pk"))
    found = never_verified().filter(pk=user.pk).first()
    if found is None:
        return False
    try:
        with transaction.atomic():
            found.delete()
    except ProtectedError:
        return False
    return True


def _wished_for() -> QuerySet[EmailAddress]:
    """Not confirmed, and not the address under which the account is known."""
    return EmailAddress.objects.filter(verified=False, primary=False).exclude(email=F("user__email"))
