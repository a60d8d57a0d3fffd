"""E-mails written from templates.

They wait in the database, written in the transaction of what they tell about: the two stand or
fall together, and the worker sends them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kr_ru_platform.running.mail.mail_queue import is_nobody
from kr_ru_platform.words.lines import many_lines, one_line

# A name or a title; and the one text of many lines that a mail may carry, under the name "body".
LINE_LENGTH, TEXT_LENGTH = 300, 20_000


class Receiver(Protocol):
    """An account, or an Address that has none yet."""

    @property
    def email(self) -> str: ...

    @property
    def language(self) -> str: ...


@dataclass(frozen=True)
class NotYetAUser:
    email: str
    language: str


class Letter(EmailMessage):
    """`account`: whose it is; `mentions`: those that it names. By both what is left of a closed one is found."""

    account: int | None = None
    mentions: frozenset[int] = frozenset()


def send_letter(to: Receiver, *, template: str, context: Callable[[], Mapping[str, Any]]) -> None:
    """One mail to one person. The first line of the template is the subject.

    What it tells is asked for in the language of the receiver: names and states have one for each.
    """
    if is_nobody(to.email):
        return
    with override(to.language):
        told = context()
        plain = {name: _plain(name, value) for name, value in told.items()}
        subject, _line_end, body = render_to_string(template, plain).strip().partition("\n")
        subject = f"[{_('Korea–Russia Technology Matching')}] {one_line(subject)}"
        letter = Letter(subject, body.strip() + "\n", None, [to.email])
        letter.account = getattr(to, "pk", None)
        letter.mentions = frozenset(value.pk for value in told.values() if isinstance(value, AbstractBaseUser))
        letter.send()


def link_to(url_name: str, *args: Any) -> str:
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse(url_name, args=args)


def _plain(name: str, value: Any) -> Any:
    """Templates of mails get no objects, only words: what somebody typed as a name stays on its line."""
    if value is None or isinstance(value, bool | date):
        return value
    return many_lines(value, TEXT_LENGTH) if name == "body" else one_line(value, LINE_LENGTH)
