"""May this person do this? Pure predicates; what a person may see is decided by `visible_to`."""

from django.contrib.auth.models import AnonymousUser

from accounts.enums import MembershipRole, MembershipState
from accounts.models import Membership, Organisation, User

Reader = User | AnonymousUser


def can_assign_groups(user: Reader) -> bool:
    return getattr(user, "is_programme_admin", False)


def can_close_account(user: Reader, person: User) -> bool:
    """One's own; programme managers on somebody's request. What a superuser is, only a superuser takes away."""
    if isinstance(user, AnonymousUser) or person.is_closed:
        return False
    if user.pk == person.pk:
        return True
    return user.is_programme_admin and (user.is_superuser or not person.is_superuser)


def can_manage_members(user: Reader, organisation: Organisation) -> bool:
    return can_manage_organisations(user) or owns_organisation(user, organisation)


def can_manage_organisations(user: Reader) -> bool:
    return getattr(user, "is_centre_staff", False)


def can_confirm_organisation(user: Reader, organisation: Organisation) -> bool:
    """Nobody confirms the organisation that they act for."""
    if isinstance(user, AnonymousUser) or not can_manage_organisations(user):
        return False
    return not Membership.objects.filter(user=user, organisation=organisation).exists()


def can_dispute_organisations(user: Reader) -> bool:
    """Somebody who acts for nobody yet, also while a request to join waits for whoever registered first."""
    if isinstance(user, AnonymousUser) or user.is_centre_staff:
        return False
    return not user.organisation_ids


def can_merge_organisations(user: Reader) -> bool:
    """It cannot be undone, and is kept with its reasons; the centre's staff decide which records are the same."""
    return can_manage_organisations(user)


def can_see_people(user: Reader) -> bool:
    return getattr(user, "is_programme_admin", False)


def can_register_organisation(user: Reader) -> bool:
    """Somebody who acts for nobody yet. The centre's own people use the curators' pages."""
    if isinstance(user, AnonymousUser) or user.is_centre_staff:
        return False
    return not Membership.objects.filter(user=user).exists()


def owns_organisation(user: Reader, organisation: Organisation) -> bool:
    if isinstance(user, AnonymousUser):
        return False
    return Membership.objects.filter(
        user=user, organisation=organisation, role=MembershipRole.OWNER, state=MembershipState.ACTIVE
    ).exists()
