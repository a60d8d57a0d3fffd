"""Mail waits in the database as finished text: what people typed is never compiled, here or when it is sent.

Every mail of the portal comes through here: our own, django-allauth's and Django's.
"""

import uuid
from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.translation import gettext as _

from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.words.lines import many_lines, one_line

# No such address exists (RFC 2606): accounts that were closed have one.
NOBODY = ".invalid"
SUBJECT_LENGTH = 200
HEADER_LENGTH = 500
BODY_LENGTH = 100_000


class QueueBackend(BaseEmailBackend):
    """Django's door for mail. Written in the transaction of what the mail tells about."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [row for message in email_messages for row in rows_of(message)]
        Mail.objects.bulk_create(rows)
        return len(email_messages)


def rows_of(message: EmailMessage) -> Iterator[Mail]:
    """One for each receiver, so that one that is refused does not stand in another's way."""
    if message.attachments:
        raise ValueError("The queue keeps texts; a mail leads to files by a link.")
    is_html = message.content_subtype == "html"
    html = next((part[0] for part in getattr(message, "alternatives", ()) if part[1] == "text/html"), "")
    for receiver in dict.fromkeys(message.recipients()):
        if is_nobody(parseaddr(one_line(receiver))[1]):
            continue
        yield Mail(
            receiver=one_line(receiver),
            account=getattr(message, "account", None),
            sender=sender_of(message),
            subject=one_line(message.subject, SUBJECT_LENGTH),
            body="" if is_html else many_lines(message.body, BODY_LENGTH),
            html=many_lines(message.body if is_html else html, BODY_LENGTH),
            headers=headers_of(message),
            message_id=new_message_id(),
            mentions=sorted(getattr(message, "mentions", ())),
            due_at=timezone.now(),
        )


def is_nobody(address: str) -> bool:
    return address.lower().endswith(NOBODY)


def sender_of(message: EmailMessage) -> str:
    """The centre under its name in the reader's language, which is the active one."""
    if message.from_email == settings.DEFAULT_FROM_EMAIL:
        return f"{_('Korea–Russia innovation centre')} <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>"
    return one_line(message.from_email)


def headers_of(message: EmailMessage) -> dict[str, str]:
    own = {one_line(name): one_line(value, HEADER_LENGTH) for name, value in message.extra_headers.items()}
    replies = one_line(
        ", ".join(message.reply_to) or settings.CENTRE_EMAIL or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    )
    return {"Auto-Submitted": "auto-generated", "Reply-To": replies} | own


def new_message_id() -> str:
    """Kept over all attempts: a mail that comes twice after all is recognised as one."""
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    host = f"[IPv6:{host}]" if ":" in host else host.encode("idna").decode()
    return f"<{uuid.uuid4().hex}@{host}>"


def message_of(mail: Mail, connection: Any) -> EmailMessage:
    """What Django's delivery takes; nothing in it is looked at again."""
    headers = {**mail.headers, "Message-ID": mail.message_id}
    message = EmailMultiAlternatives(
        mail.subject, mail.body or mail.html, mail.sender, [mail.receiver], headers=headers, connection=connection
    )
    if mail.html and mail.body:
        message.attach_alternative(mail.html, "text/html")
    elif mail.html:
        message.content_subtype = "html"
    return message


def try_failed_again() -> int:
    """What had failed waits once more, as if it had just been written. How many."""
    failed = Mail.objects.filter(state=MailState.FAILED)
    return failed.update(state=MailState.WAITING, attempts=0, due_at=timezone.now(), error="")
