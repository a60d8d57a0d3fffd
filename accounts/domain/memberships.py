"""Who joins, who confirms, who leaves."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.domain.ended_rights import end_invitations_without_rights
from accounts.domain.never_verified import owner_of
from accounts.domain.notices import send_notice, tell_person
from accounts.enums import MembershipRole, MembershipState
from accounts.errors import InvitationEndedError, LastOwnerError
from accounts.models import Invitation, Membership, Organisation, User
from accounts.models.invitation import end_of_a_new_one
from kr_ru_platform.running.mail.letters import NotYetAUser
from kr_ru_platform.saving.revisions import locked_row

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def ask_to_join(*, organisation: Organisation, by: User) -> Membership:
    membership, is_new = Membership.objects.get_or_create(user=by, organisation=organisation)
    if is_new:
        for owner in _owners(organisation):
            _notice("join_asked", owner.user, organisation=organisation, person=by)
    return membership


@transaction.atomic
def confirm_membership(*, membership: Membership, by: User) -> Membership:
    membership = _locked(membership)
    if membership.state == MembershipState.PENDING:
        membership.state = MembershipState.ACTIVE
        membership.save(update_fields=["state", "updated_at"])
        _notice("join_confirmed", membership.user, organisation=membership.organisation, person=by)
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: MembershipRole, by: User) -> Membership:
    membership = _locked(membership)
    if role != MembershipRole.OWNER:
        _keep_an_owner(membership, by)
    membership.role = role
    membership.save(update_fields=["role", "updated_at"])
    end_invitations_without_rights()
    return membership


@transaction.atomic
def remove_membership(*, membership: Membership, by: User) -> Membership:
    """Decline a request, remove a colleague or leave: the same row goes."""
    membership = _locked(membership)
    _keep_an_owner(membership, by)
    if membership.user_id != by.pk:
        _tell_removed(membership, by)
    membership.delete()
    end_invitations_without_rights()
    return membership


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: MembershipRole, by: User) -> Invitation:
    """Anew or again: then the old one is valid from now. The same whether the address has an account or not."""
    locked_row(organisation)
    invitation = Invitation.objects.filter(organisation=organisation, email=email).first()
    invitation = invitation or Invitation(organisation=organisation, email=email)
    invitation.role, invitation.invited_by = role, by
    invitation.expires_at, invitation.rights_ended_at = end_of_a_new_one(), None
    invitation.withdrawn_at, invitation.withdrawn_by = None, None
    invitation.save()
    # Whoever opened an account on it without confirming it need not be whom the invitation is for.
    invited = owner_of(email)
    send_notice(
        "invitation",
        NotYetAUser(invitation.email, invited.language if invited else (get_language() or by.language)),
        leads_to="my_organisation" if invited else "account_signup",
        organisation=organisation,
        person=by,
        email=invitation.email,
        until=timezone.localdate(invitation.expires_at),
        is_confirmed=organisation.is_confirmed,
    )
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Membership:
    invitation = locked_row(Invitation.objects.filter(pk=invitation.pk).select_related("organisation"))
    if not Invitation.objects.valid().filter(pk=invitation.pk).exists():
        raise InvitationEndedError(invitation)
    # Who manages the account already is not made less by an older invitation.
    is_owner = _owners(invitation.organisation).filter(user=by).exists()
    membership, _is_new = Membership.objects.update_or_create(
        user=by,
        organisation=invitation.organisation,
        defaults={
            "role": MembershipRole.OWNER if is_owner else invitation.role,
            "state": MembershipState.ACTIVE,
        },
    )
    invitation.delete()
    return membership


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """The organisation takes it back. It stays, so that the invited person learns what happened to it."""
    invitation = locked_row(invitation)
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by", "updated_at"])
    return invitation


@transaction.atomic
def decline_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """The invited person wants no more of it."""
    Invitation.objects.filter(pk=invitation.pk).delete()
    return invitation


def invitations_for(user: User) -> "QuerySet[Invitation]":
    """To any address that is confirmed as theirs. With those that ended, to say so."""
    own = Invitation.objects.visible_to(user).filter(email__in=user.mailboxes)
    return own.with_rights().select_related("organisation", "invited_by")


def invitations_of(organisation: Organisation, by: User) -> "QuerySet[Invitation]":
    """Those that wait for an answer, and those that ended without one."""
    rows = Invitation.objects.visible_to(by).filter(organisation=organisation, withdrawn_at=None)
    return rows.with_rights().order_by("email")


def _owners(organisation: Organisation) -> "QuerySet[Membership]":
    return (
        Membership.objects.active()
        .filter(organisation=organisation, role=MembershipRole.OWNER, user__is_active=True)
        .select_related("user")
    )


def _locked(membership: Membership) -> Membership:
    """The organisation's row is locked too, so that two owners cannot leave at once."""
    locked_row(Organisation.objects.filter(pk=membership.organisation_id))
    return Membership.objects.select_related("user", "organisation").get(pk=membership.pk)


def _keep_an_owner(membership: Membership, by: User) -> None:
    is_owner = (membership.role, membership.state) == (MembershipRole.OWNER, MembershipState.ACTIVE)
    if not is_owner or by.is_centre_staff:
        return
    if not _owners(membership.organisation).exclude(pk=membership.pk).exists():
        raise LastOwnerError(membership)


def _tell_removed(membership: Membership, by: User) -> None:
    """Who never belonged to the organisation learns neither its masked name nor who acts for it."""
    if membership.state == MembershipState.PENDING:
        organisation = membership.organisation
        tell_person("join_declined", membership.user, organisation=lambda: organisation.public_name)
    else:
        _notice("membership_removed", membership.user, organisation=membership.organisation, person=by)


def _notice(name: str, to: User, *, organisation: Organisation, person: User) -> None:
    send_notice(name, to, organisation=organisation, person=person, email=person.email)
