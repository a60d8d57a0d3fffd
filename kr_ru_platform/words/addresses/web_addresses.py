"""Which web and e-mail addresses are taken: those that lead where a reader thinks they lead."""

import re
import unicodedata
from contextlib import suppress
from ipaddress import IPv6Address
from urllib.parse import urlsplit

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from kr_ru_platform.words.addresses.links import is_public_end

# Names for trying things out (RFC 2606): nobody receives mail there.
EXAMPLES = ("example",)
# As mailboxes are named. Further signs are allowed by the standard and hold sentences, links and commands of programs.
MAILBOX = re.compile(r"[a-z0-9_](?:[a-z0-9._+-]|['&](?=[a-z0-9]))*", re.IGNORECASE | re.ASCII)
LEADS_ELSEWHERE = re.compile(r"(?:^|[.+_-])(?:www\d?|https?|ftp)(?:[.+_-]|$)", re.IGNORECASE | re.ASCII)
LONGEST_MAILBOX = 64
# What one part of a host is written in, beside digits and hyphens. Others have letters that look like a slash.
SCRIPTS: tuple[set[str], ...] = ({"LATIN"}, {"CYRILLIC"}, {"HANGUL"}, {"LATIN", "HANGUL"}, set())


def validate_mailbox(value: str) -> None:
    """Not a sentence, not a machine of an inner network, not an address behind another one."""
    mailbox, _at, domain = value.rpartition("@")
    is_plain = MAILBOX.fullmatch(mailbox) and ".." not in mailbox and not LEADS_ELSEWHERE.search(mailbox)
    if not is_plain or len(mailbox) > LONGEST_MAILBOX or not _receives_mail(domain):
        raise ValidationError(EmailValidator.message, code="invalid")


def validate_web_address(value: str) -> None:
    """Browsers read a backslash as a slash, and show what stands before an @ as if it were the host.

    Readers take ⁄ for a slash, and 。 for a dot that ends a sentence.
    """
    try:
        address = urlsplit(value)
        is_plain = "@" not in address.netloc and _is_host(address.hostname or "", in_brackets="[" in address.netloc)
    except ValueError:
        is_plain = False
    if not is_plain or "\\" in value:
        raise ValidationError(URLValidator.message, code="invalid")


def _is_host(name: str, *, in_brackets: bool = False) -> bool:
    """Letters, digits, hyphens and dots (IDNA 2008), each part in one script that is read here."""
    if in_brackets:
        return bool(IPv6Address(name))
    try:
        written = idna.decode(idna.encode(name, strict=True), strict=True)
    except UnicodeError:
        return False
    return all(_scripts_of(part) in SCRIPTS for part in written.split("."))


def _scripts_of(part: str) -> set[str]:
    return {unicodedata.name(sign, "?").split()[0] for sign in part if sign not in "-0123456789"}


def _receives_mail(domain: str) -> bool:
    """A name under an end that is given away in public; an address in numbers has none.

    Mail is sent by the rules of 2003, which make one domain of straße.de and strasse.de: whose it is nobody knows.
    """
    if not _is_host(domain):
        return False
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    try:
        is_one = idna.encode(domain, strict=True) == domain.encode("idna")
    except UnicodeError:
        is_one = False
    name, _dot, end = domain.rpartition(".")
    return is_one and bool(name) and (end in EXAMPLES or is_public_end(end))
