"""Members of an organisation: confirm, decline, change the role, remove, invite."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import rules
from accounts.domain import memberships
from accounts.enums import MembershipRole, MembershipState
from accounts.errors import InvitationEndedError, LastOwnerError
from accounts.forms.organisations import InvitationForm, RoleForm
from accounts.models import Invitation, Membership, Organisation, User
from kr_ru_platform.web.lost_races import asked_again_if_late
from kr_ru_platform.web.requests.throttling import throttle_action
from kr_ru_platform.web.requests.too_many import is_within_limits
from kr_ru_platform.web.requests.visitors import visitor_address


@login_required
@require_POST
@asked_again_if_late
def membership_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _managed_membership(request, pk)
    memberships.confirm_membership(membership=membership, by=request.user)
    messages.success(request, _("%(person)s now belongs to the organisation.") % {"person": membership.user})
    return redirect(back_to(request, membership.organisation))


@login_required
@require_POST
@asked_again_if_late
def membership_role(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _managed_membership(request, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        role = MembershipRole(form.cleaned_data["role"])
        if _done(request, lambda: memberships.change_role(membership=membership, role=role, by=request.user)):
            messages.success(request, _("The role has been changed."))
    else:
        messages.error(request, " ".join(form.errors["role"]))
    return redirect(back_to(request, membership.organisation))


@login_required
@require_http_methods(["GET", "POST"])
@asked_again_if_late
def membership_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline a request, remove a colleague, leave: one question each."""
    membership = get_object_or_404(_visible(request), pk=pk)
    is_own = membership.user_id == request.user.pk
    if not is_own and not rules.can_manage_members(request.user, membership.organisation):
        raise PermissionDenied
    cancel_url = back_to(request, membership.organisation)
    if request.method == "POST":
        if _done(request, lambda: memberships.remove_membership(membership=membership, by=request.user)):
            messages.success(
                request, _("Done: %(person)s no longer belongs to the organisation.") % {"person": membership.user}
            )
        return redirect(reverse("my_organisation") if is_own else cancel_url)
    context = {"cancel_url": cancel_url, **_question(membership, request.user)}
    return render(request, "accounts/members/membership_remove.html", context)


def _question(membership: Membership, reader: User) -> dict[str, str]:
    names = {"person": membership.user, "organisation": membership.organisation.name_for(reader)}
    if membership.user_id == reader.pk:
        return {"question": _("Leave %(organisation)s?") % names, "action": _("Leave")}
    if membership.state == MembershipState.PENDING:
        return {
            "question": _("Decline the request of %(person)s to join %(organisation)s?") % names,
            "action": _("Decline"),
        }
    return {"question": _("Remove %(person)s from %(organisation)s?") % names, "action": _("Remove")}


@login_required
@require_http_methods(["GET", "POST"])
def invitation_create(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not rules.can_manage_members(request.user, organisation):
        raise PermissionDenied
    form = InvitationForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid() and _may_invite(request, form, organisation):
        memberships.invite(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("An invitation has been sent to %(email)s.") % form.cleaned_data)
        return redirect(back_to(request, organisation))
    context = {"form": form, "organisation": organisation, "cancel_url": back_to(request, organisation)}
    return render(request, "accounts/members/invitation_create.html", context)


@login_required
@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _managed_invitation(request, pk)
    memberships.withdraw_invitation(invitation=invitation, by=request.user)
    messages.success(request, _("The invitation has been withdrawn."))
    return redirect(back_to(request, invitation.organisation))


@login_required
@require_POST
def invitation_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent once more and valid anew, in the name of whoever does this."""
    invitation = _managed_invitation(request, pk)
    organisation = invitation.organisation
    role = MembershipRole(invitation.role)
    throttle_action("invitation", address=visitor_address(request), **_senders(request, organisation, invitation.email))
    memberships.invite(organisation=organisation, email=invitation.email, role=role, by=request.user)
    messages.success(request, _("An invitation has been sent to %(email)s.") % {"email": invitation.email})
    return redirect(back_to(request, organisation))


def _senders(request: HttpRequest, organisation: Organisation, email: str) -> dict[str, Any]:
    """Whose invitations are counted; the centre's own people send as many as their work asks for."""
    is_centre = request.user.is_centre_staff
    return {
        "sender": None if is_centre else request.user.pk,
        "organisation": None if is_centre else organisation.pk,
        "receiver": email,
    }


def _may_invite(request: HttpRequest, form: InvitationForm, organisation: Organisation) -> bool:
    senders = _senders(request, organisation, form.cleaned_data["email"])
    return is_within_limits(request, form, "invitation", **senders)


def _managed_invitation(request: HttpRequest, pk: int) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).select_related("organisation")
    invitation = get_object_or_404(rows, pk=pk)
    if not rules.can_manage_members(request.user, invitation.organisation):
        raise PermissionDenied
    return invitation


@login_required
@require_POST
@asked_again_if_late
def invitation_answer(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    invitation = get_object_or_404(memberships.invitations_for(request.user), pk=pk)
    if answer == "accept":
        _accept(request, invitation)
    else:
        memberships.decline_invitation(invitation=invitation, by=request.user)
        messages.success(request, _("The invitation has been declined."))
    return redirect("my_organisation")


def _accept(request: HttpRequest, invitation: Invitation) -> None:
    try:
        memberships.accept_invitation(invitation=invitation, by=request.user)
    except InvitationEndedError:
        messages.error(request, _("This invitation is no longer valid. Ask the organisation for a new one."))
    else:
        messages.success(request, _("You now act for %(name)s.") % {"name": invitation.organisation})


def back_to(request: HttpRequest, organisation: Organisation) -> str:
    if rules.can_manage_organisations(request.user):
        return reverse("organisation_detail", args=[organisation.pk])
    return f"{reverse('my_organisation')}?organisation={organisation.pk}"


def _visible(request: HttpRequest):  # type: ignore[no-untyped-def]
    return Membership.objects.visible_to(request.user).select_related("user", "organisation")


def _managed_membership(request: HttpRequest, pk: int) -> Membership:
    membership = get_object_or_404(_visible(request), pk=pk)
    if not rules.can_manage_members(request.user, membership.organisation):
        raise PermissionDenied
    return membership


def _done(request: HttpRequest, change: Callable[[], object]) -> bool:
    try:
        change()
    except LastOwnerError:
        messages.error(
            request,
            _("Somebody must manage the organisation's account: give that role to another member first."),
        )
        return False
    return True
