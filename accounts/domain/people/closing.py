"""Closing an account for good: what is the person's goes, what the centre must be able to prove stays."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group as AuthGroup
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from accounts.domain.people.sessions import end_sessions
from accounts.enums import Group, MembershipRole
from accounts.errors import LastOwnerError, LastProgrammeAdminError
from accounts.models import ClosedAccount, Invitation, Membership, Organisation, User
from accounts.models.user import CLOSED
from accounts.signals import account_closing
from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.saving.revisions import locked_row
from kr_ru_platform.web.kept.kept_account import forget_account
from kr_ru_platform.words.reading.folding import fold_email


@dataclass(frozen=True, slots=True)
class Hindrances:
    """What has to be handed over first, and what will be without anybody."""

    # Colleagues would stay there without one who manages the account.
    last_owner_of: list[Organisation]
    is_last_programme_admin: bool
    alone_in: list[Organisation]

    @property
    def any(self) -> bool:
        return self.is_last_programme_admin or bool(self.last_owner_of)


def hindrances_of(user: User) -> Hindrances:
    last_owner_of, alone_in = [], []
    for membership in user.memberships.active().select_related("organisation"):
        others = Membership.objects.active().filter(organisation=membership.organisation_id).exclude(user=user)
        if not others.exists():
            alone_in.append(membership.organisation)
        elif membership.role == MembershipRole.OWNER and not others.filter(role=MembershipRole.OWNER).exists():
            last_owner_of.append(membership.organisation)
    return Hindrances(last_owner_of, _is_last_programme_admin(user), alone_in)


def _is_last_programme_admin(user: User) -> bool:
    managers = User.objects.active().filter(Q(groups__name=Group.PROGRAMME_ADMIN) | Q(is_superuser=True))
    return user.is_programme_admin and not managers.exclude(pk=user.pk).exists()


@transaction.atomic
def close_account(*, user: User, by: User) -> User:
    # Two managers, or two owners of one organisation, do not go at the same moment.
    list(AuthGroup.objects.select_for_update().filter(name=Group.PROGRAMME_ADMIN))
    list(Organisation.objects.select_for_update().filter(memberships__user=user).order_by("pk").values_list("pk"))
    user = locked_row(user)
    if user.is_closed:
        return user
    hindrances = hindrances_of(user)
    if hindrances.is_last_programme_admin:
        raise LastProgrammeAdminError(user)
    if hindrances.last_owner_of:
        raise LastOwnerError(user)
    ClosedAccount.objects.create(user=user, full_name=user.full_name, closed_by=by)
    account_closing.send(sender=User, user=user, by=by)
    _remove_traces(user)
    _empty(user)
    _log(user, by)
    return user


def _remove_traces(user: User) -> None:
    """Every other place that knows the address, and every key to the account."""
    known = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    addresses = {fold_email(address) for address in (user.email, *known)}
    user.memberships.all().delete()
    Invitation.objects.filter(Q(email__in=addresses) | Q(invited_by=user)).delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    Mail.objects.filter(Q(receiver__in=addresses) | Q(account=user.pk)).delete()
    _told_of(user, addresses).delete()
    _empty_log(user, addresses)
    forget_account(user.pk)
    end_sessions(user=user, by=user)
    # A session keeps the address with which it was begun, also one that waits for a second factor or a code.
    for row in Session.objects.iterator():
        held = row.get_decoded()
        if held.get("_auth_user_id") == str(user.pk) or addresses & set(map(fold_email, _texts_in(held))):
            row.delete()


def _texts_in(held: Any) -> Iterator[str]:
    """Every text in what a session holds, however deep."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list):
        for part in held.values() if isinstance(held, dict) else held:
            yield from _texts_in(part)


def _told_of(user: User, addresses: set[str]) -> QuerySet[Mail]:
    """What others were sent is a log. What waits or has failed is still to arrive, and goes after its 90 days.

    A name is looked for nowhere: one of two letters stands in everybody's mails.
    """
    about = Q(mentions__contains=[user.pk])
    for address in addresses:
        whole = _whole(address)
        about |= Q(subject__regex=whole) | Q(body__regex=whole) | Q(html__regex=whole)
    return Mail.objects.filter(about, state=MailState.SENT)


def _whole(address: str) -> str:
    """As a regular expression: this address, and not another one that holds its letters."""
    return rf"(?<![\w.+-]){re.escape(address)}(?!\w|[.-]\w)"


def _empty_log(user: User, addresses: set[str]) -> None:
    """Entries about the person, and those about other rows that name them: an address, a membership."""
    LogEntry.objects.filter(**_in_log(user)).update(object_repr=f"#{user.pk}")
    for address in addresses:
        named = LogEntry.objects.filter(object_repr__iregex=_whole(address))
        named.update(object_repr=Concat(Value("#"), "object_id"))
        LogEntry.objects.filter(change_message__iregex=_whole(address)).update(change_message="")
    # Django writes JSON there, in which letters beyond ASCII are escaped: the name as a membership is told, no part of
    # another one.
    said = json.dumps(f"{user} – ")[1:-1]
    LogEntry.objects.filter(change_message__contains=f'"object": "{said}').update(change_message="")


def _empty(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    # The former address is free for a new account.
    user.email = f"closed-{user.pk}{CLOSED}"
    user.full_name = user.phone = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.is_closed, user.last_login = True, None
    user.set_unusable_password()
    user.save()


def _log(user: User, by: User) -> None:
    LogEntry.objects.create(
        user=by, object_repr=f"#{user.pk}", action_flag=CHANGE, change_message="closed", **_in_log(user)
    )


def _in_log(user: User) -> dict[str, object]:
    return {"content_type": ContentType.objects.get_for_model(User), "object_id": str(user.pk)}
