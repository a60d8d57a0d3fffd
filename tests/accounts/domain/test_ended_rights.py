import pytest

from accounts.domain import memberships
from accounts.domain.ended_rights import end_invitations_without_rights
from accounts.domain.people.people import assign_groups
from accounts.enums import Group, MembershipRole
from accounts.models import Invitation
from tests.factories.membership import MembershipFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def invite(by, organisation):
    return memberships.invite(organisation=organisation, email="friend@example.org", role=MembershipRole.MEMBER, by=by)


def test_right_that_comes_back_revives_no_invitation_of_a_manager():
    owner = MembershipFactory()
    MembershipFactory(organisation=owner.organisation)
    staff = create_staff()
    invitation = invite(owner.user, owner.organisation)
    for role in (MembershipRole.MEMBER, MembershipRole.OWNER):
        memberships.change_role(membership=owner, role=role, by=staff)
    assert not Invitation.objects.valid().exists()
    assert [row.inviter_may for row in Invitation.objects.with_rights()] == [False]
    again = invite(owner.user, owner.organisation)
    assert list(Invitation.objects.valid()) == [again] == [invitation]


def test_manager_who_leaves_and_comes_back_has_to_invite_anew():
    owner = MembershipFactory()
    MembershipFactory(organisation=owner.organisation)
    invite(owner.user, owner.organisation)
    memberships.remove_membership(membership=owner, by=owner.user)
    MembershipFactory(organisation=owner.organisation, user=owner.user)
    assert not Invitation.objects.valid().exists()


def test_right_that_comes_back_revives_no_invitation_of_the_centre():
    staff, manager = create_staff(), create_programme_admin()
    invite(staff, MembershipFactory().organisation)
    for groups in (set(), {Group.CENTRE_STAFF}):
        assign_groups(user=staff, groups=groups, by=manager)
    assert not Invitation.objects.valid().exists()


def test_what_ended_by_another_way_is_found_at_night():
    owner = MembershipFactory()
    invite(owner.user, owner.organisation)
    type(owner).objects.filter(pk=owner.pk).update(state="pending")
    assert (end_invitations_without_rights(), end_invitations_without_rights()) == (1, 0)
    type(owner).objects.filter(pk=owner.pk).update(state="active")
    assert not Invitation.objects.valid().exists()
