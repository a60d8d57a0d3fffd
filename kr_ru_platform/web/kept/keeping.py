"""Around every form that is sent: it does its work once, and nothing that was typed in it is lost.

A form takes part by its {% csrf_token %}; nothing has to be done for a new one. Out of it stay the account pages
(passwords, second factor), the admin site, the language switch, and views that read their body themselves.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from kr_ru_platform.models import SentForm
from kr_ru_platform.web import own_addresses
from kr_ru_platform.web.kept import kept_files, kept_later, kept_posts, language_change, sent_forms, shown_forms
from kr_ru_platform.web.kept.form_tokens import FormToken, account_key, account_of, posted_token
from kr_ru_platform.web.kept.sent_forms import AskAgain
from kr_ru_platform.web.requests.throttling import TooManyError
from kr_ru_platform.web.requests.too_many import too_many

ENDED_COOKIE = "kept_ended"
View = Callable[..., HttpResponse]


def takes_part(request: HttpRequest, view: View) -> bool:
    if request.method != "POST" or getattr(view, "csrf_exempt", False):
        return False
    languages = (reverse("set_language"), reverse("kept_language"))
    outside = (reverse("account_login").removesuffix("login/"), reverse("admin:index"), *languages)
    return not request.path.startswith(outside)


class KeepingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        before = account_of(request)
        response = self.get_response(request)
        token = _token_of(request, response)
        if (
            before
            and request.method == "POST"
            and kept_files.FIELD in request.POST
            and sent_forms.has_arrived(request, response)
        ):
            kept_files.drop_posted(request, before)
        if token and not getattr(request, "form_has_arrived", False) and not _shows_it_again(request, response):
            response = kept_later.kept(request, token, response)
        after = account_of(request)
        if before and not after:
            # Logged out or closed the account. A session that is over is nobody's before this begins.
            # js/kept.js clears what it kept for this person and takes the cookie away.
            response.set_cookie(
                ENDED_COOKIE, account_key(before), max_age=86400, samesite="Lax", secure=request.is_secure()
            )
        if after and request.method == "GET" and request.GET.keys() & {"kept", own_addresses.PRESSED}:
            response = kept_later.brought_back(request, after, response)
        return _with_language_that_keeps(request, response) if after else response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        """The view itself runs in here: what it writes and the note that the form has come are one transaction."""
        return _around(request, view, args, kwargs) if takes_part(request, view) else None


def takes_part_inside(view: View) -> View:
    """For a view that looks at its body before it lets it be read: the part of it that works on the form."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = _around(request, view, args, kwargs) if request.method == "POST" else None
        return view(request, *args, **kwargs) if answer is None else answer

    return guarded


def _around(request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
    account, token = account_of(request), posted_token(request)
    request.form_token = token  # type: ignore[attr-defined]
    if not account:
        return None
    if token and token.account not in (0, account):
        return _of_somebody_else(request, token)
    for name in kept_files.put_back(request, account):
        messages.info(request, _("The file “%(name)s” is no longer kept. Choose it again.") % {"name": name})
    kept_files.let_files_be_kept(request, account)
    if token is None:
        return None
    if "X-Autosave" in request.headers:
        return _autosave_of_a_sent_form(request, account, token)
    try:
        return _once(request, token, account, lambda: view(request, *args, **kwargs))
    except TooManyError as error:
        return too_many(request, error)


def _token_of(request: HttpRequest, response: HttpResponse) -> FormToken | None:
    """Also where a middleware further in has answered before any view was reached: the second factor, for one."""
    if hasattr(request, "form_token"):
        return request.form_token
    if request.method != "POST" or response.status_code not in (302, 303):
        return None
    try:
        view = resolve(request.path_info).func
        # What looks at its body itself is read only up to the size that it would have read.
        is_small = int(request.META.get("CONTENT_LENGTH") or 0) <= kept_files.largest_at(request.path_info)
        has_part = takes_part(request, view) or (is_small and hasattr(view, "largest_form"))
        return posted_token(request) if has_part else None
    except (Resolver404, RawPostDataException, UnreadablePostError, ValueError):
        return None


def _shows_it_again(request: HttpRequest, response: HttpResponse) -> bool:
    """A page with the form as it was typed; else (led elsewhere, refused, broken) what was typed would be gone.

    Also a page that opens without any error may be another one: whoever registers an organisation and has become a
    member of one meanwhile is shown that.
    """
    if response.status_code in (302, 303):
        return False
    if "X-Autosave" in request.headers or request.headers.get("HX-Request"):
        return True
    if getattr(response, "streaming", False) or not response.get("Content-Type", "").startswith("text/html"):
        return True
    return shown_forms.shows(response.content.decode(), request.POST)


def _once(request: HttpRequest, token: FormToken, account: int, answer: Callable[[], HttpResponse]) -> HttpResponse:
    with transaction.atomic():
        sent, again = sent_forms.claim(request, token, account)
        if again is AskAgain.FIRST:
            response = answer()
            if hasattr(response, "render") and callable(response.render):
                response.render()
            if sent_forms.has_arrived(request, response):
                sent_forms.finish(sent, response)
                _forget_what_was_kept(request, account)
            else:
                sent_forms.take_back(sent)
            return response
        if again is AskAgain.SAME_PRESS:
            request.form_has_arrived = True  # type: ignore[attr-defined]
            return HttpResponseRedirect(sent.address)
        if not sent.address:
            sent, copy = sent_forms.earlier(request, sent) or sent, sent
            copy.delete()
    return _ask(request, sent, account)


def _forget_what_was_kept(request: HttpRequest, account: int) -> None:
    request.form_has_arrived = True  # type: ignore[attr-defined]
    kept_posts.forget_arrived(request, account)


def _ask(request: HttpRequest, sent: SentForm, account: int) -> HttpResponse:
    """It has been done already. To do it once more on purpose, everything goes along."""
    largest = kept_files.largest_at(request.path_info)
    chosen = [(name, files) for name, files in request.FILES.lists()]
    files = [
        kept
        for name, of_name in chosen
        for file in of_name
        if (kept := kept_files.keep(file, account=account, field=name, largest=largest))
    ]
    context = {
        "sent": sent,
        "fields": [*sent_forms.typed(request), *[("draft_token", "")]],
        "files": files,
        "is_same": sent.digest == sent_forms.digest_of(request),
    }
    return render(request, "kept/again.html", context, status=409)


def _autosave_of_a_sent_form(request: HttpRequest, account: int, token: FormToken) -> HttpResponse | None:
    """A page that was gone back to must not begin a second draft by itself."""
    if sent_forms.is_change_of_a_row(request) or not sent_forms.was_sent_before(account, token):
        return None
    return JsonResponse({"message": _("This form has been sent already. Nothing more is saved by itself.")}, status=409)


def _of_somebody_else(request: HttpRequest, token: FormToken) -> HttpResponse:
    """The page was opened by one person, and another one has logged in since."""
    kept_posts.keep(request, token)
    request.form_has_arrived = True  # type: ignore[attr-defined]
    return render(request, "kept/other_account.html", status=409)


def _with_language_that_keeps(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if not kept_later.is_page(response) or request.headers.get("HX-Request"):
        return response
    page = response.content.decode()
    return kept_later.changed(response, language_change.with_language_that_keeps(page, request.get_full_path()))
