"""E-mails about memberships: short, in the reader's language, with a link to where the matter is."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

FOLDER = "accounts/email"


def send_notice(*, name: str, email: str, language: str, url_name: str, context: dict[str, Any]) -> None:
    """`templates/accounts/email/NAME.txt`: the first line is the subject."""
    with override(language):
        link = f"{settings.PUBLIC_BASE_URL.rstrip('/')}{reverse(url_name)}"
        text = render_to_string(f"{FOLDER}/{name}.txt", {**context, "link": link})
        portal = _("Korea–Russia Technology Matching")
    subject, _line_end, body = text.strip().partition("\n")
    # A carriage return in somebody's name must not begin another header.
    subject = " ".join(subject.split())
    send_mail(f"[{portal}] {subject}", body.strip() + "\n", None, [email])
