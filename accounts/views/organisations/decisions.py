"""The centre decides: is an organisation confirmed, may it change its name, whose account is it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import rules
from accounts.domain.organisations import claims, confirmation, naming
from accounts.domain.organisations.decisions import Seen
from accounts.domain.organisations.registering import similar_organisations
from accounts.domain.organisations.waiting import waiting_work
from accounts.errors import NotInRegistryError, OwnOrganisationError
from accounts.forms.decisions import ConfirmForm, DecisionForm, WithdrawForm
from accounts.models import NameProposal, Organisation, OrganisationClaim
from accounts.names.registry import check_numbers, registry
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.revision_forms import reopened

PAGE_SIZE = 25
Question = NameProposal | OrganisationClaim


def only_centre(request: HttpRequest) -> None:
    if not rules.can_manage_organisations(request.user):
        raise PermissionDenied


@login_required
@require_safe
def organisation_work(request: HttpRequest) -> HttpResponse:
    only_centre(request)
    work = waiting_work()
    page = Paginator(work.unconfirmed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "proposals": work.proposals, "claims": work.claims}
    return render(request, "accounts/confirmation/organisation_work.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def organisation_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    only_centre(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    checks = check_numbers(organisation)
    form = ConfirmForm(
        request.POST or None,
        has_entry=any(check.entry for check in checks),
        initial={"expected_revision": organisation.revision},
    )
    if request.method == "POST" and form.is_valid() and _confirm(request, organisation, form):
        return redirect("organisation_detail", pk=pk)
    names = organisation.spelled_names
    context = {
        "organisation": organisation,
        "form": form,
        "checks": checks,
        "is_connected": registry().is_connected,
        "similar": similar_organisations(names=names, except_for=organisation),
        "can_confirm": rules.can_confirm_organisation(request.user, organisation),
    }
    return render(request, "accounts/confirmation/organisation_confirm.html", context)


def _confirm(request: HttpRequest, organisation: Organisation, form: ConfirmForm) -> bool:
    try:
        confirmation.confirm_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
    except StaleRevisionError as error:
        newer = error.row
        form.add_error(None, _("The organisation was changed meanwhile: look at it again, then confirm."))
        reopened(form, newer, request)
        organisation.refresh_from_db()
    except OwnOrganisationError:
        form.add_error(None, _("You act for this organisation, so another person has to confirm it."))
    except NotInRegistryError:
        form.add_error("ground", _("The register does not know its number: choose another ground."))
    except MoveNotAllowedError:
        messages.info(request, _("Somebody has confirmed this organisation already."))
        return True
    else:
        messages.success(request, _("The organisation is confirmed. Its managers have been told."))
        return True
    return False


@login_required
@require_http_methods(["GET", "POST"])
def organisation_unconfirm(request: HttpRequest, pk: int) -> HttpResponse:
    only_centre(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user).confirmed(), pk=pk)
    form = WithdrawForm(request.POST or None, initial={"expected_revision": organisation.revision})
    if request.method == "POST" and form.is_valid() and _withdraw(request, organisation, form):
        return redirect("organisation_detail", pk=pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "accounts/confirmation/organisation_unconfirm.html", context)


def _withdraw(request: HttpRequest, organisation: Organisation, form: WithdrawForm) -> bool:
    try:
        confirmation.withdraw_confirmation(organisation=organisation, by=request.user, **form.cleaned_data)
    except StaleRevisionError as error:
        form.add_error(None, _("The organisation was changed meanwhile: look at it again."))
        reopened(form, error.row, request)
        organisation.refresh_from_db()
        return False
    except MoveNotAllowedError:
        messages.error(request, _("The organisation was changed meanwhile: look at it again."))
    else:
        messages.success(request, _("The confirmation has been withdrawn. Its managers have been told."))
    return True


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def name_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    only_centre(request)
    proposal = get_object_or_404(NameProposal.objects.select_related("organisation", "asked_by", "decided_by"), pk=pk)
    form = _question_form(request, proposal)
    if request.method == "POST" and form.is_valid():
        decide = naming.approve_name if form.cleaned_data["answer"] == "yes" else naming.decline_name
        if _answer(request, form, proposal, lambda **said: decide(proposal=proposal, **said)):
            return redirect("organisation_detail", pk=proposal.organisation_id)
    others = similar_organisations(names=list(proposal.new.values()), except_for=proposal.organisation)
    context = {"proposal": proposal, "form": form, "similar": others}
    return render(request, "accounts/confirmation/name_proposal.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def claim_decide(request: HttpRequest, pk: int) -> HttpResponse:
    only_centre(request)
    claim = get_object_or_404(OrganisationClaim.objects.select_related("organisation", "asked_by", "decided_by"), pk=pk)
    form = _question_form(request, claim)
    if request.method == "POST" and form.is_valid():
        decide = claims.uphold_claim if form.cleaned_data["answer"] == "yes" else claims.reject_claim
        if _answer(request, form, claim, lambda **said: decide(claim=claim, **said)):
            return redirect("organisation_detail", pk=claim.organisation_id)
    members = claim.organisation.memberships.select_related("user").order_by("pk")
    return render(request, "accounts/confirmation/claim.html", {"claim": claim, "form": form, "members": members})


def _question_form(request: HttpRequest, asked: Question) -> DecisionForm:
    seen = {"expected_revision": asked.revision, "organisation_revision": asked.organisation.revision}
    return DecisionForm(request.POST or None, initial=seen)


def _stale_words(asked: Question) -> str:
    if isinstance(asked, NameProposal) and not asked.still_fits:
        return _("The name was changed meanwhile, so this proposal no longer fits. Decline it.")
    return _("This was changed meanwhile: look at it again, then decide.")


def _answer(request: HttpRequest, form: DecisionForm, asked: Question, decide: Callable[..., object]) -> bool:
    """Whether it has been decided, now or before; otherwise the page is shown again as things stand now."""
    said = form.cleaned_data
    seen = Seen(question=said["expected_revision"], organisation=said["organisation_revision"])
    try:
        decide(by=request.user, reason=said["reason"], seen=seen)
    except StaleRevisionError:
        asked.refresh_from_db()
        form.add_error(None, _stale_words(asked))
        reopened(form, asked, request)
        reopened(form, asked.organisation, request, field="organisation_revision")
        return False
    except MoveNotAllowedError:
        messages.info(request, _("This has been decided already."))
    else:
        messages.success(request, _("Decided. The person has been told by e-mail."))
    return True
