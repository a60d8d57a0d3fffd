"""What a view could not take waits for its writer, is told of at once, and comes back where it can be used or read."""

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from kr_ru_platform.models import KeptPost
from kr_ru_platform.web import own_addresses
from kr_ru_platform.web.kept import filling, kept_posts, sent_forms
from kr_ru_platform.web.kept.form_tokens import FormToken, account_of
from kr_ru_platform.web.own_addresses import PRESSED


def lead_on(request: HttpRequest, address: str) -> HttpResponse:
    """To the same page of the row that this one was merged into. What was posted comes along, and nothing is saved."""
    if request.method == "POST":
        request.typed_goes_on_at = address  # type: ignore[attr-defined]
        messages.warning(
            request,
            _("It was merged into another record meanwhile, which is shown here. Nothing was saved; look through it."),
        )
    return redirect(address)


def kept(request: HttpRequest, token: FormToken, response: HttpResponse) -> HttpResponse:
    """The view led elsewhere without having done what was asked: to the log-in page, most of all."""
    account, leads_on_to = account_of(request), getattr(request, "typed_goes_on_at", "")
    if account and sent_forms.is_change_of_a_row(request) and sent_forms.has_arrived_before(request, account):
        return response
    try:
        with transaction.atomic():
            post = kept_posts.keep(request, token, address=leads_on_to, is_of_another_row=bool(leads_on_to))
    except DatabaseError:
        # What broke the answer breaks this, too; the browser still has it.
        return response
    if account:
        return _told(request, account, post, response) if post and account == token.account else response
    address, _question, query = response.get("Location", "").partition("?")
    if address != reverse("account_login") or "next=" not in query:
        return response
    changed = QueryDict(query, mutable=True)
    changed["next"] = (
        kept_posts.address_of(post) if post else own_addresses.joined(*own_addresses.of(request), **{PRESSED: "1"})
    )
    response["Location"] = f"{address}?{changed.urlencode(safe='/')}"
    if post:
        messages.info(request, _("What you typed is kept. Log in again and it stands in the form."))
    return response


def _told(request: HttpRequest, account: int, post: KeptPost, response: HttpResponse) -> HttpResponse:
    (kept_posts.offer_at_once if response.status_code >= 500 else kept_posts.offer)(request, account)
    if getattr(request, "typed_goes_on_at", "") and response.status_code == 302:
        response["Location"] = kept_posts.address_of(post)
    elif is_page(response):
        changed(response, filling.told(response.content.decode(), post))
    return response


def brought_back(request: HttpRequest, account: int, response: HttpResponse) -> HttpResponse:
    """The page with the kept text in its form. Where the page does not open any more: the text by itself."""
    if response.status_code == 405:
        return _page_above(request)
    post = kept_posts.asked_for(request, account)
    if post is None:
        return _to_be_pressed_again(request, response)
    if response.status_code == 200 and is_page(response):
        return changed(response, filling.filled(response.content.decode(), post))
    if response.get("Location", "").startswith(reverse("account_login").removesuffix("login/")):
        return response
    messages.info(request, _("The page of the form does not open any more. What you typed is here, to be copied."))
    return HttpResponseRedirect(f"{reverse('kept_texts')}#kept-{post.pk}")


def _to_be_pressed_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if PRESSED not in request.GET or response.status_code != 200:
        return response
    _say_press_again(request)
    return HttpResponseRedirect(own_addresses.joined(*own_addresses.of(request)))


def _page_above(request: HttpRequest) -> HttpResponse:
    """An address that is only sent to: a log-in has led there. The nearest page above it, where one presses again."""
    path = request.path.rstrip("/")
    while path := path.rpartition("/")[0]:
        try:
            resolve(f"{path}/")
        except Resolver404:
            continue
        break
    _say_press_again(request)
    more = {"kept": request.GET["kept"]} if "kept" in request.GET else {}
    return HttpResponseRedirect(own_addresses.joined(f"{path}/", "", **more))


def _say_press_again(request: HttpRequest) -> None:
    messages.info(request, _("You are logged in. What you pressed before has not been done: please press it again."))


def is_page(response: HttpResponse) -> bool:
    is_html = response.get("Content-Type", "").startswith("text/html")
    return is_html and not response.streaming and not response.has_header("Content-Encoding")


def changed(response: HttpResponse, page: str) -> HttpResponse:
    response.content = page
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    return response
