"""Which web and e-mail addresses are taken: those that lead where a reader thinks they lead."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from kr_ru_platform.words.addresses.links import is_public_end

# Names for trying things out (RFC 2606): nobody receives mail there.
EXAMPLES = ("example",)
# As mailboxes are named. Further signs are allowed by the standard and hold sentences, links and commands of programs.
MAILBOX = re.compile(r"[a-z0-9_](?:[a-z0-9._+-]|['&](?=[a-z0-9]))*", re.IGNORECASE | re.ASCII)
LEADS_ELSEWHERE = re.compile(r"(?:^|[.+_-])(?:www\d?|https?|ftp)(?:[.+_-]|$)", re.IGNORECASE | re.ASCII)
LONGEST_MAILBOX = 64


def validate_mailbox(value: str) -> None:
    """Not a sentence, not a machine of an inner network, not an address behind another one."""
    mailbox, _at, domain = value.rpartition("@")
    is_plain = MAILBOX.fullmatch(mailbox) and ".." not in mailbox and not LEADS_ELSEWHERE.search(mailbox)
    if not is_plain or len(mailbox) > LONGEST_MAILBOX or not _is_public(domain):
        raise ValidationError(EmailValidator.message, code="invalid")


def validate_web_address(value: str) -> None:
    """Browsers read a backslash as a slash, and show what stands before an @ as if it were the host."""
    try:
        address = urlsplit(value)
        is_plain = address.hostname and "@" not in address.netloc
    except ValueError:
        is_plain = False
    if not is_plain or "\\" in value:
        raise ValidationError(URLValidator.message, code="invalid")


def _is_public(domain: str) -> bool:
    """A name under an end that is given away in public; an address in numbers has none."""
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    name, _dot, end = domain.rpartition(".")
    return bool(name) and (end in EXAMPLES or is_public_end(end))
