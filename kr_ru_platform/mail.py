"""E-mails written from templates.

They wait in the database, written in the transaction of what they tell about: the two stand or
fall together, and the worker sends them.
"""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _


def send_text(*, template: str, email: str, context: dict[str, Any]) -> None:
    """In the active language. The first line of the template is the subject."""
    subject, _line_end, body = render_to_string(template, context).strip().partition("\n")
    # A carriage return in somebody's name must not begin another header.
    subject = f"[{_('Korea–Russia Technology Matching')}] {' '.join(subject.split())}"
    send_mail(subject, body.strip() + "\n", None, [email])


def link_to(url_name: str, *args: Any) -> str:
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse(url_name, args=args)
