"""What was typed in a form that could not be taken: the session was over, or the check against forgery failed.

It is kept on the server for the person the form was made for (see form_tokens.py), for a week as in the browser, and
is offered to nobody else. It needs no script in the browser. A form of what is there already holds what others wrote
in it: that is read while the person has the rights with which the form was made.
"""

import hashlib
import json
from typing import Any

from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web import own_addresses
from kr_ru_platform.web.kept import kept_files, sent_forms
from kr_ru_platform.web.kept.form_tokens import ATTEMPT_FIELD, FIELD, FormToken
from kr_ru_platform.web.kept.kept_files import KEPT_FOR
from kr_ru_platform.words.reading.row_keys import as_id

SESSION_KEY = "kept_posts"
# In a form that was filled with a kept text: which one it was.
KEPT_FIELD = "kept_post"
SHORTEST_TEXT = 10
NO_REVISION = "0"
LARGEST_TEXT = 1024 * 1024
TEXT_DIGEST = 16
ROWS_OF_ONE = 20
NEVER_KEPT = ("password", "otp", "secret", "csrfmiddlewaretoken", "recovery")
LANGUAGE_FIELD = "interface_language"
NOT_TYPED = {FIELD, ATTEMPT_FIELD, KEPT_FIELD, LANGUAGE_FIELD, "send_again", "kept_page", kept_files.DROP_FIELD}


def keep(
    request: HttpRequest,
    token: FormToken,
    *,
    address: str = "",
    is_of_another_row: bool = False,
    shortest: int = SHORTEST_TEXT,
) -> KeptPost | None:
    """None where nothing was typed, or more than a form can hold.

    `address`: the page of the form where it is another one than it was sent to; perhaps that of another row, over
    which nothing is to be saved before the two were compared.
    """
    if not token.account or is_sent_by_the_page(request) or not _can_log_in(token.account):
        return None
    fields = _typed(request)
    if is_of_another_row:
        fields = [[name, NO_REVISION if sent_forms.is_revision(name) else value] for name, value in fields]
    path, query = own_addresses.split(address) or own_addresses.of(request)
    fields += [[kept_files.FIELD, kept.token] for kept in _files(request, token.account, path)]
    length = sum(len(value) for _name, value in fields)
    # A note of a kept file is longer than that, too.
    if length > LARGEST_TEXT or not (length >= shortest or any(is_written(value) for _name, value in fields)):
        return None
    path, query = own_addresses.split(address) or own_addresses.of(request)
    about = {"account": token.account, "path": path, "query": query, "fields": fields, "created_at": timezone.now()}
    # A form of what is there already is filled with it; others hold nothing but what this person has typed.
    is_filled = any(map(sent_forms.is_revision, request.POST))
    about["rights"] = sorted(token.rights) if is_filled else []
    kept, _is_new = KeptPost.objects.update_or_create(token=_token_for(token, fields), defaults=about)
    of_one = KeptPost.objects.filter(account=token.account).order_by("-id")
    KeptPost.objects.filter(pk__in=list(of_one.values_list("pk", flat=True)[ROWS_OF_ONE:])).delete()
    return kept


def _token_for(token: FormToken, fields: list[list[str]]) -> str:
    """One row for each text: a window that was duplicated sends another text with the same token."""
    typed = [field for field in fields if field[0] != kept_files.FIELD]
    return f"{token.key}.{hashlib.sha256(json.dumps(typed).encode()).hexdigest()[:TEXT_DIGEST]}"


def is_written(value: str) -> bool:
    """In words by a person, however short; not a key or a code that a button sends."""
    return not value.isascii() or len(value.split()) > 1


def is_text(value: str) -> bool:
    """What a person would miss: words, or more than a key or a code is long."""
    return is_written(value) or len(value) >= SHORTEST_TEXT


def is_sent_by_the_page(request: HttpRequest) -> bool:
    """By a script, while one still types: the browser keeps the text itself, and only the sent form can arrive."""
    return "X-Autosave" in request.headers or "HX-Request" in request.headers


def _typed(request: HttpRequest) -> list[list[str]]:
    """Without NUL, which no form takes and the database refuses, and without files that were taken out."""
    dropped = request.POST.getlist(kept_files.DROP_FIELD)
    return [
        [name.replace("\x00", ""), value.replace("\x00", "")]
        for name in request.POST
        if is_typed(name)
        for value in request.POST.getlist(name)
        if name != kept_files.FIELD or value not in dropped
    ]


def is_typed(name: str) -> bool:
    return name not in NOT_TYPED and not any(word in name.lower() for word in NEVER_KEPT)


def _can_log_in(account: int) -> bool:
    """A page that was open when the account was closed keeps nothing for it: nobody could ever fetch it."""
    return get_user_model().objects.filter(pk=account, is_active=True).exists()


def _files(request: HttpRequest, account: int, path: str) -> list[kept_files.KeptFile]:
    largest = kept_files.largest_at(path)
    kept = [
        kept_files.keep(file, account=account, field=field, largest=largest)
        for field, files in MultiValueDict(request.FILES).lists()
        for file in files
    ]
    return [file for file in kept if file and file.token not in request.POST.getlist(kept_files.FIELD)]


def address_of(kept: KeptPost) -> str:
    return own_addresses.joined(kept.path, kept.query, kept=str(kept.pk))


def mine(account: int) -> Any:
    """What was written with rights that are no longer this person's waits until they are again, or is forgotten."""
    person = get_user_model().objects.filter(pk=account).first()
    young = KeptPost.objects.filter(account=account, created_at__gt=timezone.now() - KEPT_FOR)
    rights = dict(young.values_list("pk", "rights"))
    readable = [pk for pk, marks in rights.items() if not marks or (person and person.still_has(marks))]
    return young.filter(pk__in=readable).order_by("-id")


def asked_for(request: HttpRequest, account: int) -> KeptPost | None:
    key = as_id(request.GET.get("kept"))
    if not account or not key:
        return None
    kept = mine(account).filter(pk=key).first()
    # Or the page above it, where the address is only sent to.
    return kept if kept and kept.path.startswith(request.path[:300]) else None


def offer(request: HttpRequest, account: int) -> None:
    """Pages look into the session, not into the table."""
    rows = [[kept.pk, address_of(kept)] for kept in mine(account)[:5]]
    if rows or SESSION_KEY in request.session:
        request.session[SESSION_KEY] = rows


def offer_at_once(request: HttpRequest, account: int) -> None:
    """After an error of the server: Django does not save the session then."""
    offer(request, account)
    if put := getattr(request.session, "put", None):
        put(SESSION_KEY, request.session.get(SESSION_KEY, []))


def offer_after_log_in(*, request: HttpRequest, user: Any, **_signal: Any) -> None:
    offer(request, user.pk)


def forget(request: HttpRequest, account: int, **which: Any) -> None:
    KeptPost.objects.filter(account=account, **which).delete()
    offer(request, account)


def forget_arrived(request: HttpRequest, account: int) -> None:
    """The one that was brought back, and copies of what has arrived; another text of the same form stays."""
    if SESSION_KEY not in request.session:
        return
    brought, typed = request.POST.get(KEPT_FIELD, ""), _typed(request)
    rows = KeptPost.objects.filter(account=account)
    gone = [
        kept.pk
        for kept in rows
        if str(kept.pk) == brought
        or (
            kept.path == request.path[:300]
            and [field for field in kept.fields if field[0] != kept_files.FIELD] == typed
        )
    ]
    forget(request, account, pk__in=gone)


def forget_old() -> Any:
    return KeptPost.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
