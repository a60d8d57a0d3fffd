"""A person's own details and organisation: register, ask to join, correct."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rules
from accounts.domain import memberships
from accounts.domain.organisations.identity_marks import with_business_number
from accounts.domain.organisations.naming import waiting_names
from accounts.domain.organisations.registering import register_organisation, similar_organisations
from accounts.domain.people import people
from accounts.enums import MembershipState
from accounts.forms.organisations import OwnOrganisationForm, RegisterForm
from accounts.forms.people import DetailsForm
from accounts.models import Membership, Organisation, OrganisationClaim
from accounts.pages.organisation_conflicts import save_or_show_conflict
from accounts.validators import normalise_business_number
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.requests.throttling import throttle_action
from kr_ru_platform.web.requests.visitors import visitor_address
from kr_ru_platform.words.reading.row_keys import as_id


@login_required
@require_http_methods(["GET", "POST"])
def my_details(request: HttpRequest) -> HttpResponse:
    form = DetailsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        people.save_details(by=request.user, data=form.cleaned_data)
        messages.success(request, _("Your details have been saved."))
        return redirect("my_details")
    return render(request, "accounts/people/my_details.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def my_organisation(request: HttpRequest) -> HttpResponse:
    own = list(Membership.objects.active().filter(user=request.user).select_related("organisation").order_by("id"))
    if own:
        return _show(request, own)
    return _register(request)


def _show(request: HttpRequest, own: list[Membership]) -> HttpResponse:
    chosen = request.GET.get("organisation", "")
    membership = next((one for one in own if str(one.organisation_id) == chosen), own[0])
    context = {
        "membership": membership,
        "organisation": membership.organisation,
        "own_memberships": own,
        "pending_own": Membership.objects.pending().filter(user=request.user).select_related("organisation"),
        "my_invitations": memberships.invitations_for(request.user),
        "name_proposals": waiting_names(membership.organisation),
        **members_context(request, membership.organisation),
    }
    return render(request, "accounts/my_organisation/my_organisation.html", context)


def members_context(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """Members, pending requests and invitations, as the panel shows them."""
    can_manage = rules.can_manage_members(request.user, organisation)
    rows = Membership.objects.filter(organisation=organisation).select_related("user").order_by("id")
    return {
        "members": [row for row in rows if row.state == MembershipState.ACTIVE],
        "pending_members": [row for row in rows if row.state == MembershipState.PENDING] if can_manage else [],
        "invitations": list(memberships.invitations_of(organisation, request.user)) if can_manage else [],
        "can_manage_members": can_manage,
    }


def _register(request: HttpRequest) -> HttpResponse:
    pending = list(Membership.objects.filter(user=request.user).select_related("organisation"))
    can_register = rules.can_register_organisation(request.user)
    if request.method == "POST" and not can_register:
        raise PermissionDenied
    form = RegisterForm(request.POST or None)
    known = _known_by_name(request) if request.method == "POST" and form.is_valid() else []
    if request.method == "POST" and form.is_valid() and not known:
        register_organisation(by=request.user, data=form.content)
        messages.success(request, _("Your organisation is registered. Next, tell what it makes and what it looks for."))
        return redirect("workspace")
    context = {
        "form": form,
        "known": known,
        "pending_own": pending,
        "can_register": can_register,
        "my_claims": OrganisationClaim.objects.waiting().filter(asked_by=request.user),
        "my_invitations": memberships.invitations_for(request.user),
    }
    return render(request, "accounts/my_organisation/organisation_register.html", context)


def _known_by_name(request: HttpRequest) -> list[Organisation]:
    """Holders that the centre has entered already. Masked names are not given away to strangers."""
    if "is_new" in request.POST:
        return []
    names = [request.POST.get(name, "") for name in ("name_ko", "name_en", "name_ru")]
    return [row for row in similar_organisations(names=names) if row.is_confirmed and not row.is_name_masked]


def pointed_at(typed: QueryDict) -> "QuerySet[Organisation]":
    """A company by its number, which only insiders know; by its key one whose name is public."""
    number = normalise_business_number(typed.get("registration_number", "").replace("\x00", ""))
    key = as_id(typed.get("organisation"))
    if number:
        choice = with_business_number(number)
    elif key:
        choice = Organisation.objects.confirmed().filter(pk=key, is_name_masked=False)
    else:
        raise Http404
    return choice


@login_required
@require_POST
def organisation_join(request: HttpRequest) -> HttpResponse:
    choice = pointed_at(request.POST)
    if not rules.can_register_organisation(request.user):
        raise PermissionDenied
    organisation = get_object_or_404(choice)
    throttle_action(
        "join request",
        sender=request.user.pk,
        organisation=organisation.pk,
        address=visitor_address(request),
    )
    memberships.ask_to_join(organisation=organisation, by=request.user)
    messages.success(request, _("Your request has been sent. The organisation's manager or the centre confirms it."))
    return redirect("my_organisation")


@login_required
@require_http_methods(["GET", "POST"])
def my_organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not rules.owns_organisation(request.user, organisation):
        raise PermissionDenied
    form = OwnOrganisationForm(request.POST or None, instance=organisation)
    context: dict[str, Any] = {
        "form": form,
        "organisation": organisation,
        "name_proposals": waiting_names(organisation),
    }
    if request.method == "POST" and form.is_valid() and save_or_show_conflict(request, form, context):
        return redirect("my_organisation")
    return render(request, "accounts/my_organisation/my_organisation_edit.html", context)
