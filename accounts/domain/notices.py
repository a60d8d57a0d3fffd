"""E-mails about memberships: short, in the reader's language, with a link to where the matter is."""

from typing import Any

from accounts.enums import MembershipRole
from accounts.models import Membership, Organisation, User
from kr_ru_platform.running.mail.letters import Receiver, link_to, send_letter


def send_notice(notice: str, to: Receiver, /, *, leads_to: str = "my_organisation", **context: Any) -> None:
    """A name that is no object is given as a function: what it is depends on who reads it."""

    def told() -> dict[str, Any]:
        words = {name: value() if callable(value) else value for name, value in context.items()}
        return {**words, "link": link_to(leads_to)}

    send_letter(to, template=f"accounts/mail/{notice}.txt", context=told)


def tell_person(notice: str, to: User | None, /, **context: Any) -> None:
    """Nobody where the account is closed or gone."""
    if to is not None and to.is_active:
        send_notice(notice, to, **context)


def tell_managers(notice: str, organisation: Organisation, /, **context: Any) -> None:
    managers = Membership.objects.active().filter(organisation=organisation, role=MembershipRole.OWNER)
    for membership in managers.select_related("user"):
        tell_person(notice, membership.user, organisation=organisation, **context)
