"""What js/kept.js asks the server, throwing kept text away, and a form whose check against forgery failed."""

from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kr_ru_platform.web.kept import kept_posts, sent_forms
from kr_ru_platform.web.kept.form_tokens import account_key, account_of, posted_token
from kr_ru_platform.web.kept.language_change import digest_of
from kr_ru_platform.web.kept.row_keys import as_id

MOST_ATTEMPTS = 50


@never_cache
@require_safe
def kept_state(request: HttpRequest) -> JsonResponse:
    """Who is logged in, with which token a form must be sent now, and which sendings have arrived."""
    account = account_of(request)
    attempts = request.GET.getlist("sent")[:MOST_ATTEMPTS]
    return JsonResponse(
        {
            "account": account_key(account),
            "csrf": get_token(request),
            "arrived": sent_forms.arrived_attempts(account, attempts) if account and attempts else [],
        }
    )


@login_required
@require_POST
def kept_put(request: HttpRequest) -> JsonResponse:
    """A form with chosen files before a change of language; see js/kept-language.js."""
    token, account = posted_token(request), account_of(request)
    kept = kept_posts.keep(request, token, path=request.POST.get("kept_page", "")) if token else None
    if token is None or kept is None or kept.account != account:
        return JsonResponse({}, status=422)
    request.form_has_arrived = True  # type: ignore[attr-defined]
    kept_posts.offer(request, account)
    return JsonResponse({"kept": kept.pk})


@require_POST
def kept_language(request: HttpRequest) -> HttpResponse:
    """The switch of the language, with the form that was being typed in; see language_change.py."""
    address = urlsplit(request.GET.get("next", ""))
    path = address.path if address.path.startswith("/") else "/"
    query = QueryDict(address.query, mutable=True)
    if kept := _kept_of(request, path):
        query["kept"] = str(kept)
    given = {"language": request.POST.get(kept_posts.LANGUAGE_FIELD, "")}
    given["next"] = urlunsplit(("", "", path, query.urlencode(), ""))
    request.POST = QueryDict(urlencode(given))
    return set_language(request)


def _kept_of(request: HttpRequest, path: str) -> int:
    """The number of what was kept for whoever is logged in; 0 where nothing was typed."""
    token, account = posted_token(request), account_of(request)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    is_untouched = not request.FILES and digest_of(fields) == request.GET.get("untouched")
    if token is None or is_untouched:
        return 0
    kept = kept_posts.keep(request, token, path=path, shortest=1)
    if kept is None or kept.account != account:
        return 0
    if brought := as_id(request.POST.get(kept_posts.KEPT_FIELD)):
        kept_posts.forget(request, account, pk=brought)
    kept_posts.offer(request, account)
    return int(kept.pk)


@login_required
@never_cache
@require_safe
def kept_back(request: HttpRequest) -> HttpResponse:
    """Where a log-in in another tab ends: the first tab goes on by itself."""
    return render(request, "kept/back.html")


@login_required
@require_POST
def kept_discard(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request)
    kept = get_object_or_404(kept_posts.mine(account), pk=pk)
    kept_posts.forget(request, account, pk=pk)
    return redirect(kept.path)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Logged in again in another tab, most of the time: what was typed is kept and can be sent once more."""
    try:
        token = posted_token(request)
    except (UnreadablePostError, OSError):
        token = None
    kept = kept_posts.keep(request, token) if token else None
    account = account_of(request)
    is_mine = kept is not None and kept.account == account
    if is_mine:
        kept_posts.offer(request, account)
    address = kept_posts.address_of(kept) if kept and (is_mine or not account) else ""
    return render(request, "403_csrf.html", {"kept_address": address, "is_kept": kept is not None}, status=403)
