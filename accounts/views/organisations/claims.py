"""A person disputes an organisation that others registered, or takes back what waits for the centre."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rules
from accounts.domain.organisations import claims, naming
from accounts.errors import ClaimIsFullError
from accounts.forms.decisions import ClaimForm
from accounts.models import NameProposal, Organisation, OrganisationClaim
from accounts.views.organisations.my_organisation import pointed_at
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.requests.too_many import is_within_limits
from kr_ru_platform.words.reading.row_keys import as_id


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def claim_create(request: HttpRequest) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    if not rules.can_dispute_organisations(request.user):
        raise PermissionDenied
    waiting = typed.get("membership", "")
    if membership := as_id(waiting):
        choice = Organisation.objects.filter(memberships__pk=membership, memberships__user=request.user)
    else:
        choice = pointed_at(typed)
    organisation = get_object_or_404(choice)
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_reported(request, form, organisation):
        messages.success(request, _("The centre has your report and answers by e-mail."))
        return redirect("my_organisation")
    context = {
        "form": form,
        "registration_number": typed.get("registration_number", ""),
        "organisation_key": typed.get("organisation", ""),
        "membership_key": waiting,
    }
    return render(request, "accounts/confirmation/claim_create.html", context)


def _is_reported(request: HttpRequest, form: ClaimForm, organisation: Organisation) -> bool:
    if not is_within_limits(request, form, "dispute", sender=request.user.pk, organisation=organisation.pk):
        return False
    try:
        claims.report_claim(organisation=organisation, by=request.user, message=form.cleaned_data["message"])
    except ClaimIsFullError:
        form.add_error(None, _("The centre has a long report of yours already. Wait for its answer."))
        return False
    return True


@login_required
@require_POST
def claim_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(OrganisationClaim.objects.filter(asked_by=request.user), pk=pk)
    try:
        claims.take_claim_back(claim=claim, by=request.user)
    except MoveNotAllowedError:
        messages.info(request, _("This has been decided already."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("my_organisation")


@login_required
@require_POST
def name_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Organisation.objects.visible_to(request.user)
    proposal = get_object_or_404(NameProposal.objects.filter(organisation__in=visible), pk=pk)
    if not rules.owns_organisation(request.user, proposal.organisation):
        raise PermissionDenied
    try:
        naming.take_name_back(proposal=proposal, by=request.user)
    except MoveNotAllowedError:
        messages.info(request, _("This has been decided already."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("my_organisation")
