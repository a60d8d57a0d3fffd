"""E-mails about memberships: short, in the reader's language, with a link to where the matter is."""

from typing import Any

from django.utils.translation import override

from kr_ru_platform.mail import link_to, send_text


def send_notice(*, name: str, email: str, language: str, url_name: str, context: dict[str, Any]) -> None:
    with override(language):
        send_text(template=f"accounts/email/{name}.txt", email=email, context={**context, "link": link_to(url_name)})
