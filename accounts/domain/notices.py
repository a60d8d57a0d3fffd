"""E-mails about memberships: short, in the reader's language, with a link to where the matter is."""

from typing import Any

from django.utils.translation import override

from accounts.enums import MembershipRole
from accounts.models import Membership, Organisation, User
from kr_ru_platform.running.mail.letters import link_to, send_text


def send_notice(*, name: str, email: str, language: str, url_name: str, context: dict[str, Any]) -> None:
    with override(language):
        send_text(template=f"accounts/mail/{name}.txt", email=email, context={**context, "link": link_to(url_name)})


def tell_person(notice: str, to: User | None, /, **context: Any) -> None:
    """Nobody where the account is closed or gone."""
    if to is not None and to.is_active:
        send_notice(name=notice, email=to.email, language=to.language, url_name="my_organisation", context=context)


def tell_managers(notice: str, organisation: Organisation, /, **context: Any) -> None:
    managers = Membership.objects.active().filter(organisation=organisation, role=MembershipRole.OWNER)
    for membership in managers.select_related("user"):
        tell_person(notice, membership.user, organisation=organisation, **context)
