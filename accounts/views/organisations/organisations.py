"""The centre's pages of organisations: list, create, change, everything that hangs on one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rules
from accounts.domain.lists import organisations_for_list
from accounts.domain.organisations.naming import waiting_names
from accounts.domain.organisations.organisation_history import history_of_organisation
from accounts.domain.organisations.registering import save_organisation, similar_organisations
from accounts.forms.organisations import OrganisationFilterForm, OrganisationForm
from accounts.models import Organisation
from accounts.pages.organisation_conflicts import save_or_show_conflict
from accounts.registered.list_counts import list_counts
from accounts.registered.page_places import ORGANISATION_LINKS, ORGANISATION_RECORDS
from accounts.views.merged_redirects import found_or_moved, leads_on
from accounts.views.organisations.my_organisation import members_context
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.registered.page_parts import parts_at

PAGE_SIZE = 25
NAMES = ("name_ko", "name_en", "name_ru")


def _only_centre(request: HttpRequest) -> None:
    if not rules.can_manage_organisations(request.user):
        raise PermissionDenied


@login_required
@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    _only_centre(request)
    form = OrganisationFilterForm(request.GET)
    form.is_valid()  # An unknown choice in the address is ignored, the rest still filters.
    rows = organisations_for_list(by=request.user, filters=form.cleaned_data)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = list_counts()
    for row in page:
        row.counted = [(count.heading, getattr(row, count.column)) for count in counts]
    is_filtered = any(form.cleaned_data.values())
    context = {"filter_form": form, "page": page, "counts": counts, "is_filtered": is_filtered}
    return render(request, "accounts/organisations/organisation_list.html", context)


@login_required
@require_safe
@leads_on
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    _only_centre(request)
    organisation = found_or_moved(Organisation.objects.visible_to(request.user), pk)
    context = {
        "merges": organisation.merges.select_related("merged_by"),
        "organisation": organisation,
        "links": parts_at(ORGANISATION_LINKS, organisation),
        "records": parts_at(ORGANISATION_RECORDS, organisation),
        "similar": similar_organisations(
            names=[getattr(organisation, name) for name in NAMES], except_for=organisation
        ),
        "proposals": organisation.name_proposals.waiting(),
        "claims": organisation.claims.waiting().select_related("asked_by"),
        "history": history_of_organisation(organisation),
        **members_context(request, organisation),
    }
    return render(request, "accounts/organisations/organisation_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def organisation_create(request: HttpRequest) -> HttpResponse:
    """A GET with names in the address fills the warning about near-duplicates while one types."""
    _only_centre(request)
    form = OrganisationForm(request.POST or None, initial={name: request.GET.get(name, "") for name in NAMES})
    similar = _similar(request)
    if request.method == "POST" and form.is_valid() and (not similar or "is_new" in request.POST):
        organisation = save_organisation(by=request.user, data=form.content)
        messages.success(request, _("The organisation has been saved."))
        return redirect("organisation_detail", pk=organisation.pk)
    context = {"form": form, "similar": similar, "must_confirm": request.method == "POST" and form.is_valid()}
    return render(request, "accounts/organisations/organisation_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
@leads_on
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    _only_centre(request)
    organisation = found_or_moved(Organisation.objects.visible_to(request.user), pk)
    form = OrganisationForm(request.POST or None, instance=organisation)
    context: dict[str, Any] = {
        "form": form,
        "organisation": organisation,
        "similar": _similar(request, except_for=organisation),
        "name_proposals": waiting_names(organisation),
    }
    if request.method == "POST" and form.is_valid() and save_or_show_conflict(request, form, context):
        return redirect("organisation_detail", pk=pk)
    return render(request, "accounts/organisations/organisation_form.html", context)


def _similar(request: HttpRequest, except_for: Organisation | None = None) -> list[Organisation]:
    typed = request.POST if request.method == "POST" else request.GET
    # The database refuses NUL; the form says so about what is posted.
    names = [typed.get(name, "")[:300].replace("\x00", "") for name in NAMES]
    return similar_organisations(names=names, except_for=except_for)
