"""Every mail of the portal, and how a test has it written with a typed text in every field that it carries."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import allauth
from allauth.account.adapter import get_adapter
from allauth.core import context as allauth_context
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from accounts.domain import memberships
from accounts.domain.notices import tell_person
from accounts.enums import MembershipRole
from accounts.models import Organisation, User
from matching.domain.requests import notifications
from matching.enums import DeclineReason, MatchRequestState
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory
from tests.house.messages import ROOT

READER = "reader@example.org"
ALLAUTH = Path(allauth.__file__).parent / "templates"
# Parts of others, and what belongs to ways of logging in that the portal does not have.
NO_MAILS = {
    "account/email/base_message.txt",
    "account/email/base_notification.txt",
    "account/email/login_code_message.txt",
    "account/email/password_reset_code_message.txt",
    "account/email/email_confirm_message.txt",
    "mfa/email/webauthn_added_message.txt",
    "mfa/email/webauthn_removed_message.txt",
}
Writer = Callable[[str, str, User], None]


def templates_of_mails() -> set[str]:
    """Found where mails lie: a new one is in the list before its test is written."""
    found = set()
    for folder in (ROOT / "templates", ALLAUTH / "account", ALLAUTH / "mfa"):
        top = folder if folder.parent != ALLAUTH else ALLAUTH
        for kind in ("mail", "email", "mails", "emails"):
            found |= {str(path.relative_to(top)) for path in folder.rglob(f"{kind}/*.*")}
    return {name for name in found if not name.endswith("_subject.txt")} - NO_MAILS


def organisation_named(name: str) -> Organisation:
    return MembershipFactory(
        organisation__name_ko=name[:200],
        organisation__name_ru=name,
        organisation__name_en=name,
        organisation__is_name_masked=False,
    ).organisation


def person_named(name: str) -> User:
    return UserFactory(full_name=name[:150])


def invitation(name: str, body: str, reader: User) -> None:
    memberships.invite(
        organisation=organisation_named(name), email=READER, role=MembershipRole.MEMBER, by=person_named(name)
    )


def join_asked(name: str, body: str, reader: User) -> None:
    organisation = organisation_named(name)
    organisation.memberships.update(user=reader)
    memberships.ask_to_join(organisation=organisation, by=person_named(name))


def join_confirmed(name: str, body: str, reader: User) -> None:
    membership = memberships.ask_to_join(organisation=_unmanaged(name), by=reader)
    memberships.confirm_membership(membership=membership, by=person_named(name))


def join_declined(name: str, body: str, reader: User) -> None:
    membership = memberships.ask_to_join(organisation=_unmanaged(name), by=reader)
    memberships.remove_membership(membership=membership, by=person_named(name))


def membership_removed(name: str, body: str, reader: User) -> None:
    membership = MembershipFactory(organisation=organisation_named(name), user=reader, role=MembershipRole.MEMBER)
    memberships.remove_membership(membership=membership, by=person_named(name))


def _unmanaged(name: str) -> Organisation:
    """Nobody else is to be told."""
    organisation = organisation_named(name)
    organisation.memberships.all().delete()
    return organisation


def decision(notice: str) -> Writer:
    """What the centre has decided about an organisation."""

    def write(name: str, body: str, reader: User) -> None:
        tell_person(notice, reader, organisation=organisation_named(name), name=name, body=body)

    return write


def about_request(template: str) -> Writer:
    def write(name: str, body: str, reader: User) -> None:
        technology = TechnologyFactory(text__title=name)
        state = MatchRequestState.SUBMITTED if template != "request_moved" else MatchRequestState.DECLINED
        reason = DeclineReason.values[0] if state == MatchRequestState.DECLINED else ""
        match_request = MatchRequestFactory(
            technology=technology,
            organisation=organisation_named(name),
            owner=person_named(name),
            state=state,
            decline_reason=reason,
        )
        notifications.send([reader], template, match_request, body)

    return write


def of_allauth(prefix: str) -> Writer:
    """With every name that its templates know."""

    def write(name: str, body: str, reader: User) -> None:
        request = RequestFactory(headers={"user-agent": name}).get("/")
        request.user, request.session, request.allauth = AnonymousUser(), SessionStore(), SimpleNamespace()
        reader.full_name = name[:150]
        link = request.build_absolute_uri("/accounts/here/")
        context = {
            **dict.fromkeys(["activate_url", "password_reset_url", "signup_url"], link),
            **dict.fromkeys(["deleted_email", "from_email", "to_email"], "old@example.org"),
            "user": reader,
            "timestamp": timezone.make_aware(datetime(2026, 12, 5, 9, 30)),
        }
        with allauth_context.request_context(request):
            get_adapter(request).send_notification_mail(prefix, reader, context, email=READER)

    return write


MAILS: dict[str, Writer] = {
    "accounts/mail/invitation.txt": invitation,
    "accounts/mail/join_asked.txt": join_asked,
    "accounts/mail/join_confirmed.txt": join_confirmed,
    "accounts/mail/join_declined.txt": join_declined,
    "accounts/mail/membership_removed.txt": membership_removed,
    **{
        f"accounts/mail/{notice}.txt": decision(notice)
        for notice in (
            "claim_rejected",
            "claim_upheld",
            "confirmation_withdrawn",
            "membership_waits",
            "name_approved",
            "name_declined",
            "organisation_confirmed",
        )
    },
    **{
        f"matching/mail/{name}.txt": about_request(name)
        for name in ("message", "request_moved", "request_new", "request_received", "request_withdrawn")
    },
    **{
        f"{prefix}_message.txt": of_allauth(prefix)
        for prefix in (
            "account/email/account_already_exists",
            "account/email/email_changed",
            "account/email/email_confirmation",
            "account/email/email_confirmation_signup",
            "account/email/email_deleted",
            "account/email/password_changed",
            "account/email/password_reset",
            "account/email/password_reset_key",
            "account/email/password_set",
            "account/email/unknown_account",
            "mfa/email/recovery_codes_generated",
            "mfa/email/totp_activated",
            "mfa/email/totp_deactivated",
        )
    },
}
