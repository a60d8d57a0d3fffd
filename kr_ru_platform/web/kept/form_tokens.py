"""Each form that is shown carries a note of its own: which form it is, for whom it was made and with which rights."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import get_random_string, salted_hmac

FIELD = "form_token"
# Which sending of a form it is; written by js/kept.js.
ATTEMPT_FIELD = "form_attempt"
# What the frame itself adds to forms: no part of what a person typed.
OWN_FIELDS = {
    FIELD,
    ATTEMPT_FIELD,
    "csrfmiddlewaretoken",
    "send_again",
    "kept_file",
    "drop_file",
    "kept_post",
    "draft_token",
}
KEY_LENGTH = 20


@dataclass(frozen=True)
class FormToken:
    key: str
    account: int
    # What the person might read when the form was made: it may be filled with what others wrote.
    rights: frozenset[str] = frozenset()


def _signer() -> signing.Signer:
    return signing.Signer(salt="form-token")


def new_token(account: int, rights: Iterable[str] = ()) -> str:
    told = ",".join(sorted(rights))
    return _signer().sign(f"{get_random_string(KEY_LENGTH)}.{account}" + (f".{told}" if told else ""))


def read_token(text: str) -> FormToken | None:
    try:
        key, _dot, rest = _signer().unsign(text).partition(".")
    except signing.BadSignature:
        return None
    account, _dot, told = rest.partition(".")
    return FormToken(key, int(account), frozenset(filter(None, told.split(","))))


def posted_token(request: HttpRequest) -> FormToken | None:
    return read_token(request.POST.get(FIELD, ""))


def account_of(request: HttpRequest) -> int:
    """The number of the person who is logged in, or 0."""
    user = getattr(request, "user", None)
    return user.pk if user is not None and user.is_authenticated else 0


def rights_of(request: HttpRequest) -> frozenset[str]:
    """Of the person who is logged in; none of anybody else."""
    return request.user.rights if account_of(request) else frozenset()


def account_key(account: int) -> str:
    """What a browser keeps is kept under this name: it cannot be guessed and tells nothing."""
    return salted_hmac("kept-in-the-browser", str(account)).hexdigest()[:24] if account else ""
