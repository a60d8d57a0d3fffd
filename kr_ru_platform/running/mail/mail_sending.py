"""The worker's round through the mail that waits: each one once, whatever is killed in between."""

import logging
import re
import time
from contextlib import suppress
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import transaction
from django.utils import timezone

from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.running.mail.mail_queue import message_of
from kr_ru_platform.running.watching.fault_redaction import ADDRESS
from kr_ru_platform.words.lines import one_line

logger = logging.getLogger(__name__)

# Minutes until the next attempt; after the last one, some two days later, the mail has failed.
WAITS = [1, 5, 15, 60, 120, 240, 480, 960, 1440]
ATTEMPTS = len(WAITS) + 1
# Below the task's own limit, and well above the time that one answer of a mail server may take (EMAIL_TIMEOUT).
SECONDS = 120
ERROR_LENGTH = 500


class ServerUnavailableError(Exception):
    """No connection to the mail server: no mail's fault, so none of them is tried."""


def send_waiting(*, seconds: float = SECONDS) -> int:
    """Until none is due or the time is over. How many were sent."""
    ends, sent = time.monotonic() + seconds, 0
    _give_up_on_worn_out()
    line = ServerConnection()
    try:
        while time.monotonic() < ends and Mail.objects.due().exists():
            line.open()
            mail_id = claim()
            if mail_id is None:
                break
            sent += deliver(mail_id, line)
    except ServerUnavailableError as error:
        logger.warning("Mail waits: the mail server cannot be reached. %s", error)
        Mail.objects.due().update(error=one_line(error, ERROR_LENGTH))
    finally:
        line.close()
    return sent


def claim() -> int | None:
    """Count the attempt before it is made: a mail whose attempt kills the worker waits longer each time too."""
    with transaction.atomic():
        mail = Mail.objects.due().select_for_update(skip_locked=True).order_by("due_at", "pk").first()
        if mail is None:
            return None
        mail.due_at = timezone.now() + timedelta(minutes=WAITS[min(mail.attempts, len(WAITS) - 1)])
        mail.attempts += 1
        mail.save(update_fields=["attempts", "due_at"])
        return mail.pk


def deliver(mail_id: int, line: "ServerConnection") -> bool:
    """Sent and recorded as sent, by itself. Its row is locked meanwhile: no other worker takes it."""
    try:
        with transaction.atomic():
            waiting = Mail.objects.filter(pk=mail_id, state=MailState.WAITING)
            mail = waiting.select_for_update(skip_locked=True).first()
            if mail is None:
                return False
            line.send(mail)
            mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
            mail.save(update_fields=["state", "sent_at", "error"])
    except Undelivered as failure:
        logger.warning("Mail %s was not taken: %s", mail_id, ADDRESS.sub("…", str(failure)))
        _record_failure(mail_id, failure)
        line.close()
        return False
    return True


class Undelivered(Exception):  # noqa: N818
    """What the server, or the making of the message, said against one mail."""


class ServerConnection:
    """The connection to the mail server. An SMTP connection serves many mails, one after another."""

    def __init__(self) -> None:
        self.backend: Any = None
        # Kept to the end: a backend that writes files names them by its own number, which must not come back.
        self.former: list[Any] = []

    def open(self) -> None:
        if self.backend is None:
            backend = get_connection(settings.MAIL_DELIVERY_BACKEND, fail_silently=False)
            # Other backends write a file or a line for each opening.
            if isinstance(backend, SmtpBackend):
                try:
                    backend.open()
                except Exception as error:
                    raise ServerUnavailableError(f"{type(error).__name__}: {error}") from error
            self.backend = backend

    def send(self, mail: Mail) -> None:
        try:
            self.backend.send_messages([message_of(mail, self.backend)])
        except Exception as error:
            raise Undelivered(f"{type(error).__name__}: {error}") from error
        if not isinstance(self.backend, SmtpBackend):
            self.close()

    def close(self) -> None:
        if self.backend is not None:
            # A server that has hung up cannot be told good-bye.
            with suppress(Exception):
                self.backend.close()
            self.former.append(self.backend)
            self.backend = None


def _record_failure(mail_id: int, failure: Exception) -> None:
    mail = Mail.objects.filter(pk=mail_id)
    mail.update(error=one_line(failure, ERROR_LENGTH))
    if not is_final(failure.__cause__):
        mail = mail.filter(attempts__gte=ATTEMPTS)
    mail.update(state=MailState.FAILED)


# RFC 3463: 5.1 is said of the address, 5.2 of the mailbox, 5.6 of the mail; but 5.1.7 and 5.1.8 of the sender.
OF_THIS_MAIL = re.compile(rb"\b5\.(?:1\.(?![78]\b)|2\.|6\.)\d")
ENHANCED = re.compile(rb"\b[245]\.\d{1,3}\.\d{1,3}\b")
# RFC 5321, from servers that say nothing more exact; 554 and others are said of whole connections.
NO_SUCH_MAILBOX = {550, 551, 552, 553}
OF_US = re.compile(
    rb"relay|block|spam|reputation|polic|list(?:ed|ing)\b|dns|rbl|\bspf\b|dkim|dmarc|auth|sender|client host"
    rb"|denied|\byour\b|\bip\b|too many",
    re.IGNORECASE,
)


def is_final(error: BaseException | None) -> bool:
    """The server will never take this mail for this mailbox: asking again makes us a nuisance.

    What it says against us as a sender is an operator's to mend, and the mail waits for that.
    """
    if isinstance(error, SMTPRecipientsRefused):
        return all(_is_of_this_mail(code, answer) for code, answer in error.recipients.values())
    return isinstance(error, SMTPDataError) and _is_of_this_mail(error.smtp_code, error.smtp_error)


def _is_of_this_mail(code: int, answer: bytes | str) -> bool:
    said = answer if isinstance(answer, bytes) else answer.encode()
    if code // 100 != 5:
        return False
    if ENHANCED.search(said):
        return bool(OF_THIS_MAIL.search(said))
    return code in NO_SUCH_MAILBOX and not OF_US.search(said)


def _give_up_on_worn_out() -> None:
    """The last attempt killed the worker, so nobody recorded how it ended."""
    worn_out = Mail.objects.filter(state=MailState.WAITING, attempts__gte=ATTEMPTS, due_at__lte=timezone.now())
    worn_out.update(state=MailState.FAILED)
