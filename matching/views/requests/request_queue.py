"""The centre's side of match requests: the queue, taking one, due dates, introductions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import NotConfirmedError
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.registered.page_parts import parts_at
from kr_ru_platform.web.registered.refusals import in_words
from kr_ru_platform.web.revision_forms import reopened
from matching import rules
from matching.domain.requests import introductions
from matching.domain.requests import match_requests as domain
from matching.domain.requests.request_lists import with_request_texts
from matching.filters.catalogue import MatchRequestFilter
from matching.forms.requests import DueDateForm, IntroductionEditForm
from matching.models import Introduction, MatchRequest
from matching.page_places import INTRODUCTION_COLUMNS

PAGE_SIZE = 20


@login_required
def match_request_queue(request: HttpRequest) -> HttpResponse:
    """All companies' requests, the most urgent first; pending ones unless a state is chosen."""
    require_staff(request)
    rows = MatchRequest.objects.all()
    if not request.GET.get("state"):
        rows = rows.pending()
    filtered = MatchRequestFilter(request.GET, queryset=rows.order_by("due_on", "id"), request=request)
    page = Paginator(with_request_texts(filtered.qs), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filter": filtered, "page": page, "today": timezone.localdate()}
    return render(request, "matching/requests/match_request_queue.html", context)


def require_staff(request: HttpRequest) -> None:
    if not rules.can_handle_match_requests(request.user):
        raise PermissionDenied


@login_required
@require_POST
def match_request_take(request: HttpRequest, pk: int) -> HttpResponse:
    require_staff(request)
    match_request = get_object_or_404(MatchRequest, pk=pk)
    try:
        domain.take(match_request=match_request, by=request.user)
    except MoveNotAllowedError:
        messages.error(request, _("This request is already closed."))
    else:
        messages.success(request, _("You are now in charge of this request."))
    return redirect("match_request_detail", pk=pk)


@login_required
@require_POST
def match_request_due(request: HttpRequest, pk: int) -> HttpResponse:
    require_staff(request)
    match_request = get_object_or_404(MatchRequest, pk=pk)
    form = DueDateForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["due_on"]))
        return redirect("match_request_detail", pk=pk)
    try:
        domain.set_due_date(match_request=match_request, by=request.user, **form.cleaned_data)
    except MoveNotAllowedError:
        messages.error(request, _("This request is already closed."))
    else:
        messages.success(request, _("The due date has been changed."))
    return redirect("match_request_detail", pk=pk)


@login_required
def introduction_list(request: HttpRequest) -> HttpResponse:
    require_staff(request)
    rows = Introduction.objects.select_related(
        "match_request__organisation", "match_request__technology__holder", "introduced_by"
    ).prefetch_related("match_request__technology__texts")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    columns = parts_at(INTRODUCTION_COLUMNS, list(page))
    context = {"page": page, "columns": columns, "today": timezone.localdate()}
    return render(request, "matching/requests/introduction_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def introduction_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_staff(request)
    rows = Introduction.objects.select_related("match_request__technology__holder", "holder", "signed_with")
    introduction = get_object_or_404(rows, pk=pk)
    initial = {"expected_revision": introduction.match_request.revision}
    parties = introductions.possible_parties(introduction)
    form = IntroductionEditForm(request.POST or None, instance=introduction, initial=initial, parties=parties)
    newer = None
    if request.method == "POST" and form.is_valid():
        try:
            introductions.update_introduction(introduction=introduction, by=request.user, **form.cleaned_data)
        except StaleRevisionError as error:
            newer = error.row
            reopened(form, newer, request)
        except NotConfirmedError as error:
            form.add_error("nda_signed_on", in_words(error.refusal))
        else:
            messages.success(request, _("The introduction has been updated."))
            return redirect("match_request_detail", pk=introduction.match_request_id)
    context = {"form": form, "introduction": introduction, "match_request": introduction.match_request, "newer": newer}
    return render(request, "matching/requests/introduction_edit.html", context)
