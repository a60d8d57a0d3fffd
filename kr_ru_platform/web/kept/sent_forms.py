"""Each form does its work once, however often it comes: double click, two tabs, Back and press again, lost answer."""

import hashlib
import json
import re
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from django.contrib.messages import constants, get_messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from kr_ru_platform.models import SentForm
from kr_ru_platform.running.lock_numbers import SENT_WORDS
from kr_ru_platform.running.locks import wait_for_lock
from kr_ru_platform.web.kept.form_tokens import ATTEMPT_FIELD, OWN_FIELDS, FormToken

# The second click of a double click, or a retry of the browser: nobody needs to be asked.
SAME_PRESS = timedelta(seconds=5)
# The same words from a form that was opened anew: asked about for so long.
SAME_TEXT = timedelta(minutes=30)
# A few letters ("네", "OK") are the right answer to more than one question: asked about only at once, and only
# where nothing else was sent in between.
SAME_FEW_LETTERS = timedelta(minutes=1)
SHORTEST_TEXT = 20
LARGEST_NUMBER = 2**31 - 1
REMEMBERED_FOR = timedelta(days=7)
# Of a row, of a line among others, of two rows on one page.
REVISION = re.compile(r"(.*-)?(expected_)?revision(_\d+)?")


class AskAgain(Enum):
    FIRST = auto()
    # Lead to what the first one made.
    SAME_PRESS = auto()
    ASK = auto()


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What the person wrote and chose, without what pages add by themselves."""
    names = sorted(name for name in request.POST if name not in OWN_FIELDS)
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def is_change_of_a_row(request: HttpRequest) -> bool:
    """Its revision guards it already: it cannot be made twice."""
    return any(value for name, value in request.POST.items() if is_revision(name))


def digest_of(request: HttpRequest) -> str:
    return _digest(request, typed(request))


def words_of(request: HttpRequest) -> str:
    """The digest of what was written, whichever revision it was written over."""
    return _digest(request, [field for field in typed(request) if not is_revision(field[0])])


def is_revision(name: str) -> bool:
    return REVISION.fullmatch(name) is not None


def _digest(request: HttpRequest, fields: list[tuple[str, str]]) -> str:
    text = json.dumps([fields, _files_of(request)], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _files_of(request: HttpRequest) -> list[list[str]]:
    """By what is in them: a corrected file often has the name and the size of the one before."""
    if not hasattr(request, "digested_files"):
        chosen = [(name, file) for name, files in sorted(request.FILES.lists()) for file in files]
        request.digested_files = [[name, str(file.name), _content_of(file)] for name, file in chosen]  # type: ignore[attr-defined]
    return request.digested_files  # type: ignore[attr-defined, no-any-return]


def _content_of(file: Any) -> str:
    digest = hashlib.sha256()
    try:
        file.seek(0)
        for part in file.chunks():
            digest.update(part)
        file.seek(0)
    except (OSError, ValueError):
        # The view has stored it elsewhere already; then its digest was taken before, or nobody compares it.
        return str(file.size)
    return digest.hexdigest()


def claim(request: HttpRequest, token: FormToken, account: int) -> tuple[SentForm, AskAgain]:
    """Inside the transaction of the work itself: who comes at the same time waits here for its end."""
    digest = digest_of(request)
    # Two windows at the same moment: who comes second sees what the first has made.
    wait_for_lock(SENT_WORDS, (int(digest[:7], 16) ^ account) & LARGEST_NUMBER)
    attempt = request.POST.get(ATTEMPT_FIELD, "").replace("\x00", "")[:40]
    about = {"account": account, "path": request.path[:300], "digest": digest, "attempt": attempt}
    about["words"] = words_of(request)
    sent, is_first = _held(token, about)
    if is_first:
        return sent, AskAgain.FIRST if "send_again" in request.POST else _same_text(request, sent)
    if digest == sent.digest and sent.created_at > timezone.now() - SAME_PRESS:
        _also_arrived(sent, attempt)
        return sent, AskAgain.SAME_PRESS
    if is_change_of_a_row(request):
        if digest == sent.digest:
            _also_arrived(sent, attempt)
            return sent, AskAgain.SAME_PRESS
        # Changed once more in a page that was saved: another text, which must arrive by itself.
        sent.delete()
        return SentForm.objects.create(token=token.key, **about), AskAgain.FIRST
    if _is_part_of_a_page(request):
        return (sent, AskAgain.SAME_PRESS) if digest == sent.digest else (_changed(sent, about), AskAgain.FIRST)
    if digest == sent.digest:
        _also_arrived(sent, attempt)
    return sent, AskAgain.ASK


def _is_part_of_a_page(request: HttpRequest) -> bool:
    """Of which a script replaces a part by the answer: nobody can be asked there."""
    return "HX-Request" in request.headers


def _changed(sent: SentForm, about: dict[str, Any]) -> SentForm:
    """The answer to the first sending was lost, and another text came from the same place of the page.

    Not stored yet: what was taken before is remembered until this one is taken, too.
    """
    for name, value in about.items():
        setattr(sent, name, value)
    return sent


def _held(token: FormToken, about: dict[str, Any]) -> tuple[SentForm, bool]:
    """The one row of this form, which nobody else takes away until the work is done."""
    while True:
        sent, is_first = SentForm.objects.get_or_create(token=token.key, defaults=about)
        if is_first:
            return sent, True
        # Gone when somebody else has just replaced it by a later text: then that one is looked at.
        if held := SentForm.objects.select_for_update().filter(pk=sent.pk).first():
            return held, False


def _also_arrived(sent: SentForm, attempt: str) -> None:
    sent.attempt = attempt
    sent.save(update_fields=["attempt"])


def _same_text(request: HttpRequest, sent: SentForm) -> AskAgain:
    if is_change_of_a_row(request) or _is_part_of_a_page(request):
        return AskAgain.FIRST
    return AskAgain.ASK if earlier(request, sent) else AskAgain.FIRST


def earlier(request: HttpRequest, sent: SentForm) -> SentForm | None:
    """The same words at the same address, by the same person, from another copy of the form."""
    length = sum(len(value) for _name, value in typed(request))
    if not length:
        return None
    by_same = SentForm.objects.filter(account=sent.account).exclude(pk=sent.pk)
    since = timezone.now() - (SAME_TEXT if length >= SHORTEST_TEXT else SAME_FEW_LETTERS)
    same = by_same.filter(path=sent.path, digest=sent.digest, created_at__gt=since).order_by("-id").first()
    if same and length < SHORTEST_TEXT and by_same.filter(pk__gt=same.pk).exists():
        return None
    return same


def mark_arrived(request: HttpRequest) -> None:
    """For a view that has done its work and says so by the page it leads to, without a message of success."""
    request.is_done_by_view = True  # type: ignore[attr-defined]


def has_arrived(request: HttpRequest, response: HttpResponse) -> bool:
    """Only where the view itself said so; being led elsewhere alone says nothing."""
    if response.status_code not in (302, 303) or _asks_who_it_is(response["Location"]):
        return False
    levels = [message.level for message in getattr(get_messages(request), "_queued_messages", [])]
    if any(level >= constants.WARNING for level in levels):
        return False
    return constants.SUCCESS in levels or getattr(request, "is_done_by_view", False)


def _asks_who_it_is(address: str) -> bool:
    """For the password again, or the second factor: nothing has been done yet."""
    return address.startswith((reverse("account_reauthenticate"), reverse("mfa_reauthenticate")))


def finish(sent: SentForm, response: HttpResponse) -> None:
    """The row may be gone: closing an account takes its rows along, that of the closing itself too."""
    sent.address = response["Location"][:500]
    # It counts from its end: who presses again while it is still being worked on need not be asked either.
    said = {name: getattr(sent, name) for name in ("path", "digest", "words", "attempt", "address")}
    SentForm.objects.filter(pk=sent.pk).update(**said, created_at=timezone.now())


def take_back(sent: SentForm) -> None:
    """It was not taken. What the same form had brought before stays known."""
    SentForm.objects.filter(pk=sent.pk, address="").delete()


def arrived_attempts(account: int, attempts: list[str]) -> list[str]:
    rows = SentForm.objects.filter(
        account=account, attempt__in=[attempt for attempt in attempts if attempt and "\x00" not in attempt]
    )
    return list(rows.exclude(address="").values_list("attempt", flat=True))


def was_sent_before(account: int, token: FormToken) -> bool:
    return SentForm.objects.filter(token=token.key, account=account).exclude(address="").exists()


def has_arrived_before(request: HttpRequest, account: int) -> bool:
    """Whether these very words were taken at this address: gone back to and sent once more, nothing is missing."""
    same = SentForm.objects.filter(account=account, path=request.path[:300], words=words_of(request))
    return same.exclude(address="").exists()


def last_sender(path: str) -> int:
    """The number of whoever saved at this address last, as far as it is still remembered."""
    sent = SentForm.objects.filter(path=path[:300]).exclude(address="").order_by("-id").first()
    return sent.account if sent else 0


def forget_old() -> Any:
    return SentForm.objects.filter(created_at__lt=timezone.now() - REMEMBERED_FOR).delete()
