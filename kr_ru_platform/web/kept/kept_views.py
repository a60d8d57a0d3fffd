"""What js/kept.js asks the server, throwing kept text away, and a form whose check against forgery failed."""

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import UnreadablePostError
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from kr_ru_platform.web import own_addresses
from kr_ru_platform.web.kept import kept_posts, sent_forms
from kr_ru_platform.web.kept.filling import files_of, typed_texts
from kr_ru_platform.web.kept.form_tokens import account_key, account_of, posted_token
from kr_ru_platform.web.kept.language_change import digest_of
from kr_ru_platform.words.form_cleaning import clean_file_name
from kr_ru_platform.words.reading.row_keys import as_id

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
    kept = kept_posts.keep(request, token, address=request.POST.get("kept_page", "")) if token else None
    if token is None or kept is None or kept.account != account:
        return JsonResponse({}, status=422)
    request.form_has_arrived = True  # type: ignore[attr-defined]
    kept_posts.offer(request, account)
    return JsonResponse({"kept": kept.pk})


@require_POST
def kept_language(request: HttpRequest) -> HttpResponse:
    """The switch of the language, with the form that was being typed in; see language_change.py."""
    path, query = own_addresses.split(request.GET.get("next", "")) or ("/", "")
    shown = as_id(QueryDict(urlsplit(request.GET.get("next", "")).query).get("kept"))
    kept = _kept_of(request, own_addresses.joined(path, query)) or shown
    given = {"language": request.POST.get(kept_posts.LANGUAGE_FIELD, "")}
    given["next"] = own_addresses.joined(path, query, **({"kept": str(kept)} if kept else {}))
    request.form_has_arrived = True  # type: ignore[attr-defined]
    request.POST = QueryDict(urlencode(given))
    return set_language(request)


def _kept_of(request: HttpRequest, address: str) -> int:
    """The number of what was kept for whoever is logged in; 0 where nothing was typed."""
    token, account = posted_token(request), account_of(request)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    is_untouched = not request.FILES and digest_of(fields) == request.GET.get("untouched")
    if token is None or is_untouched:
        return 0
    kept = kept_posts.keep(request, token, address=address, shortest=1)
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
@never_cache
@require_safe
def kept_texts(request: HttpRequest) -> HttpResponse:
    """One's own texts that were not taken, to be read and copied whatever their pages answer now."""
    posts = list(kept_posts.mine(account_of(request)))
    rows = [
        {"kept": post, "address": kept_posts.address_of(post), "typed": typed_texts(post), "files": files_of(post)}
        for post in posts
    ]
    return render(request, "kept/texts.html", {"rows": rows})


@login_required
@never_cache
@require_safe
def kept_file(request: HttpRequest, pk: int, number: int) -> FileResponse:
    post = get_object_or_404(kept_posts.mine(account_of(request)), pk=pk)
    files = files_of(post)
    if not 1 <= number <= len(files):
        raise Http404
    file = files[number - 1]
    return FileResponse(file.open().file, as_attachment=True, filename=clean_file_name(file.name))


@login_required
@require_POST
def kept_discard(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request)
    get_object_or_404(kept_posts.mine(account), pk=pk)
    kept_posts.forget(request, account, pk=pk)
    messages.success(request, _("Thrown away."))
    back = request.POST.get("next", "")
    return redirect(back if own_addresses.is_own(back) else "kept_texts")


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
