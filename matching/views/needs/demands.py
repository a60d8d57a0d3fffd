"""A company's needs: list, guided form with drafts that save themselves, page with matches."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.fields import RevisionField, WonField
from kr_ru_platform.web.revision_forms import is_own_change, reopened
from kr_ru_platform.words.amounts import won
from kr_ru_platform.words.languages import reader_language
from matching.domain.matches.feedback import decisions_of
from matching.domain.needs.demands import close_demand, delete_draft, edit_demand, open_demand, write_demand
from matching.domain.runs.scoring_progress import with_match_counts
from matching.domain.technologies.curation_lists import history_of_demand
from matching.enums import DemandState
from matching.forms.needs.demands import DeleteDraftForm, DemandFilterForm, DemandForm
from matching.forms.needs.preferences import in_words
from matching.models import Demand
from matching.nudge import nudge_matching
from matching.pages.demand_differences import changed_by_others
from matching.pages.ranked_lists import match_results, still_waiting
from matching.rules import can_curate, can_write_demands
from matching.views.matches.match_detail import mode_labels, readiness_label

PAGE_SIZE = 20


def _visible(request: HttpRequest) -> QuerySet[Demand]:
    return Demand.objects.visible_to(request.user).select_related("organisation", "scoring_record")


@login_required
def demand_list(request: HttpRequest) -> HttpResponse:
    filters = DemandFilterForm(request.GET, user=request.user)
    demands = with_match_counts(filters.narrow(_visible(request)))
    page = Paginator(demands.order_by("-updated_at", "-id"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "filters": filters,
        "is_filtered": any(filters.cleaned_data.values()),
        "can_write": can_write_demands(request.user),
        "shows_company": request.user.is_centre_staff or len(request.user.organisation_ids) > 1,
    }
    return render(request, "matching/needs/demands/demand_list.html", context)


@login_required
def demand_create(request: HttpRequest) -> HttpResponse:
    if not can_write_demands(request.user):
        messages.info(request, _("A demand belongs to a company: first register yours here, or join it."))
        return redirect("my_organisation")
    if request.method == "POST":
        return _save_from_form(request, None)
    initial = {"draft_token": uuid4(), "organisation": request.GET.get("organisation")}
    initial = {name: value for name, value in initial.items() if value}
    drafts = _visible(request).filter(state=DemandState.DRAFT, written_by=request.user)[:3]
    return _show_form(request, DemandForm(initial=initial, user=request.user), None, drafts=drafts)


@login_required
def demand_edit(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(_visible(request), pk=pk)
    if request.method == "POST":
        return _save_from_form(request, demand)
    initial = {name: getattr(demand, name) for name in DemandForm.base_fields if hasattr(demand, name)}
    return _show_form(request, DemandForm(initial=initial, user=request.user, demand=demand), demand)


def _show_form(
    request: HttpRequest, form: DemandForm, demand: Demand | None, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "demand": demand, "is_draft": not demand or demand.state == DemandState.DRAFT}
    return render(request, "matching/needs/demands/demand_form.html", context, status=status)


def _save_from_form(request: HttpRequest, demand: Demand | None) -> HttpResponse:
    action = request.POST.get("action", "save")
    was_draft = not demand or demand.state == DemandState.DRAFT
    form = DemandForm(request.POST, user=request.user, demand=demand, is_draft=was_draft and action == "draft")
    if not form.is_valid():
        return _show_form(request, form, demand)
    try:
        with transaction.atomic():
            saved = _save(request, form, demand)
            if was_draft and action == "open" and saved.state == DemandState.DRAFT:
                saved = open_demand(demand=saved, by=request.user, expected_revision=saved.revision)
    except StaleRevisionError:
        return _show_conflict(request, form, demand)
    nudge_matching()
    done = _("The draft is saved.") if saved.state == DemandState.DRAFT else _("The demand is saved.")
    messages.success(request, done)
    return redirect("demand_detail", saved.pk)


def _save(request: HttpRequest, form: DemandForm, demand: Demand | None, *, keep_history: bool = True) -> Demand:
    said = {
        "by": request.user,
        "organisation": form.cleaned_data["organisation"],
        "data": form.content,
        "keep_history": keep_history,
    }
    revision = form.cleaned_data["revision"]
    if demand:
        return edit_demand(demand=demand, expected_revision=revision, **said)
    seen = None if revision == RevisionField.NOT_SENT else revision  # There was nothing to see yet.
    return write_demand(draft_token=form.cleaned_data.get("draft_token"), expected_revision=seen, **said)


def _show_conflict(request: HttpRequest, form: DemandForm, demand: Demand | None) -> HttpResponse:
    """Everything typed stays in the form; saving once more writes it over the other version."""
    token = form.cleaned_data.get("draft_token")
    found = Q(pk=demand.pk) if demand else Q(draft_token=token)
    current = get_object_or_404(_visible(request), found)
    reopened(form, current, request, field="revision")
    differences = changed_by_others(form, current)
    return _show_form(request, form, current, status=409, differences=differences, is_conflict=True)


@login_required
@require_POST
def demand_autosave(request: HttpRequest, pk: int | None = None) -> JsonResponse:
    """Keep what is valid of a draft; an opened demand changes only when its author says so."""
    demand = get_object_or_404(_visible(request), pk=pk) if pk else None
    form = DemandForm(request.POST, user=request.user, demand=demand, is_draft=True)
    form.is_valid()
    if demand and demand.state != DemandState.DRAFT:
        return JsonResponse({"message": _("This demand is no longer a draft.")}, status=409)
    if "organisation" not in form.cleaned_data:
        return JsonResponse(
            {"message": _("Not saved yet: choose the company first."), "errors": form.errors}, status=422
        )
    try:
        saved = _save(request, form, demand, keep_history=False)
    except StaleRevisionError:
        return JsonResponse({"message": _autosave_conflict(request, demand, form)}, status=409)
    except MoveNotAllowedError:
        told = _("Not saved yet: you have chosen another company. Press “Save draft” to move the draft to it.")
        return JsonResponse({"message": told}, status=422)
    return JsonResponse(_autosave_answer(saved, form))


def _autosave_conflict(request: HttpRequest, demand: Demand | None, form: DemandForm) -> str:
    found = Q(pk=demand.pk) if demand else Q(draft_token=form.cleaned_data.get("draft_token"))
    current = _visible(request).filter(found).first()
    if current is not None and is_own_change(current, request):
        return _("You have changed this demand in another window.")
    return _("Somebody else has changed this demand.")


def _autosave_answer(demand: Demand, form: DemandForm) -> dict[str, Any]:
    edit_url = reverse("demand_edit", args=[demand.pk])
    answer = {
        "saved_at": timezone.localtime(demand.updated_at).isoformat(timespec="seconds"),
        "revision": demand.revision,
        "url": reverse("demand_autosave", args=[demand.pk]),
        "action": edit_url,
        "edit_url": edit_url,
    }
    if form.errors:
        labels = ", ".join(str(form.fields[name].label) for name in form.errors)
        answer |= {"errors": form.errors, "message": _("Saved, except for: %(fields)s") % {"fields": labels}}
    return answer


@login_required
def demand_detail(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(_visible(request), pk=pk)
    results = match_results(request, demand) if demand.state != DemandState.DRAFT else None
    if request.htmx and results:
        if still_waiting(request, results):
            return HttpResponse(status=204)
        return render(request, "matching/matches/list/_results.html", {"results": results})
    context = {
        "demand": demand,
        "results": results,
        "readiness": readiness_label(demand.minimum_trl),
        "transfer_modes": mode_labels(demand.transfer_modes),
        "decisions": decisions_of(demand) if can_curate(request.user) else None,
    }
    return render(request, "matching/needs/demands/demand_detail.html", context)


def _seen(request: HttpRequest) -> int:
    """The revision that stood on the page of whoever decides."""
    return RevisionField().clean(request.POST.get("revision"))


@login_required
@require_POST
def demand_open(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(_visible(request), pk=pk)
    try:
        open_demand(demand=demand, by=request.user, expected_revision=_seen(request))
    except StaleRevisionError:
        messages.error(request, _("The demand was changed meanwhile: look at it again, then decide."))
    except MoveNotAllowedError:
        if demand.state == DemandState.DRAFT:
            messages.error(request, _("Describe the problem first: matches are found from its words."))
            return redirect("demand_edit", pk)
        messages.info(request, _("This demand is already open."))
    else:
        nudge_matching()
        messages.success(request, _("The demand is open. Matches are being looked for."))
    return redirect("demand_detail", pk)


@login_required
def demand_close(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(_visible(request), pk=pk)
    if request.method != "POST":
        return render(request, "matching/needs/demands/demand_close.html", {"demand": demand})
    try:
        close_demand(demand=demand, by=request.user)
    except MoveNotAllowedError:
        messages.info(request, _("Only an open demand can be closed."))
    else:
        messages.success(request, _("The demand is closed. You can open it again at any time."))
    return redirect("demand_detail", pk)


@login_required
def demand_delete(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(_visible(request), pk=pk)
    if request.method != "POST" and demand.state == DemandState.DRAFT:
        context = {"demand": demand, "form": DeleteDraftForm(initial={"revision": demand.revision})}
        return render(request, "matching/needs/demands/demand_delete.html", context)
    try:
        delete_draft(demand=demand, by=request.user, expected_revision=_seen(request))
    except StaleRevisionError:
        messages.error(request, _("The demand was changed meanwhile: look at it again, then decide."))
        return redirect("demand_detail", pk)
    except MoveNotAllowedError:
        messages.info(request, _("Only a draft can be deleted. An opened demand can be closed."))
        return redirect("demand_detail", pk)
    messages.success(request, _("The draft is deleted."))
    return redirect("demand_list")


@login_required
def demand_history(request: HttpRequest, pk: int) -> HttpResponse:
    demand = get_object_or_404(_visible(request), pk=pk)
    entries = history_of_demand(demand, reader=request.user, words={"preferences": in_words})
    context = {"demand": demand, "entries": entries}
    return render(request, "matching/needs/demands/demand_history.html", context)


@login_required
def amount_reading(request: HttpRequest) -> HttpResponse:
    """How an amount is understood, said back while it is typed."""
    typed = next((value for name, value in request.GET.items() if name.endswith("budget_krw")), "")
    try:
        amount = WonField(required=False).clean(typed)
    except ValidationError as error:
        text = " ".join(error.messages)
    else:
        shown = won(amount, reader_language())
        text = _("We read this as %(amount)s.") % {"amount": shown} if amount is not None else ""
    return render(request, "matching/needs/demands/_amount_reading.html", {"text": text})
