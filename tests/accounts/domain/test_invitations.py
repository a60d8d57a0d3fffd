import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.domain import memberships
from accounts.domain.people.people import assign_groups
from accounts.enums import MembershipRole
from accounts.errors import InvitationEndedError
from accounts.models import Invitation, Membership
from tests.factories.membership import MembershipFactory
from tests.factories.user import UserFactory, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    membership = MembershipFactory()
    MembershipFactory(organisation=membership.organisation)
    return membership


def invite(owner, by=None):
    return memberships.invite(
        organisation=owner.organisation,
        email="friend@example.org",
        role=MembershipRole.MEMBER,
        by=by or owner.user,
    )


def accept(invitation):
    friend = UserFactory(email="friend@example.org")
    return memberships.accept_invitation(invitation=invitation, by=friend)


def _leaves(owner):
    memberships.remove_membership(membership=owner, by=owner.user)


def _is_demoted(owner):
    memberships.change_role(membership=owner, role=MembershipRole.MEMBER, by=create_staff())


def _account_ends(owner):
    owner.user.is_active = False
    owner.user.save()


def _is_deleted(owner):
    owner.user.delete()


def _is_made_to_wait(owner):
    Membership.objects.filter(pk=owner.pk).update(state="pending")


def _expires(owner):
    Invitation.objects.update(expires_at=timezone.now())


def _is_withdrawn(owner):
    memberships.withdraw_invitation(invitation=Invitation.objects.get(), by=owner.user)


@pytest.mark.parametrize(
    "ends",
    [_leaves, _is_demoted, _account_ends, _is_deleted, _is_made_to_wait, _expires, _is_withdrawn],
    ids=lambda ends: ends.__name__,
)
def test_invitation_ends_with_its_time_and_with_the_inviters_rights(owner, ends):
    invitation = invite(owner)
    assert list(Invitation.objects.valid()) == [invitation]
    ends(owner)
    assert not Invitation.objects.valid().exists()
    with pytest.raises(InvitationEndedError):
        accept(invitation)
    assert not Membership.objects.filter(user__email="friend@example.org").exists()


def test_invitation_by_the_centre_ends_with_the_right_to_do_so(owner):
    staff = create_staff()
    invitation = invite(owner, by=staff)
    assert list(Invitation.objects.valid()) == [invitation]
    assign_groups(user=staff, groups=set(), by=create_programme_admin())
    assert not Invitation.objects.valid().exists()


def test_invitation_is_valid_for_fourteen_days_and_says_so(owner):
    invitation = invite(owner)
    left = invitation.expires_at - timezone.now()
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    assert timezone.localdate(invitation.expires_at).strftime("%Y") in mail.outbox[0].body


def test_renewed_invitation_is_valid_again_in_the_name_of_who_renewed_it(owner):
    invitation = invite(owner)
    _expires(owner)
    _is_withdrawn(owner)
    second = Membership.objects.exclude(pk=owner.pk).get(role=MembershipRole.OWNER)
    renewed = invite(second)
    assert (renewed.pk, renewed.invited_by, renewed.withdrawn_at) == (invitation.pk, second.user, None)
    accept(invitation)
    assert not Invitation.objects.exists()


def test_invitations_are_seen_by_the_invited_the_managers_and_the_centre(owner):
    invitation = invite(owner)
    member = MembershipFactory(organisation=owner.organisation, role=MembershipRole.MEMBER).user
    waiting = MembershipFactory(organisation=owner.organisation, state="pending").user
    stranger = MembershipFactory().user
    friend = UserFactory(email="Friend@example.org")
    people = [owner.user, friend, create_staff(), member, waiting, stranger]
    seen = [list(Invitation.objects.visible_to(person)) for person in people]
    assert seen == [[invitation], [invitation], [invitation], [], [], []]


def confirmed(user, email):
    EmailAddress.objects.create(user=user, email=email, verified=True)


def test_invitation_to_a_confirmed_second_address_is_its_owners(owner):
    friend = UserFactory(email="friend@home.example", language="ru")
    confirmed(friend, "friend@example.org")
    invitation = invite(owner)
    assert (mail.outbox[-1].to, reverse("my_organisation") in mail.outbox[-1].body) == (["friend@example.org"], True)
    assert re.search("[а-я]{4}", mail.outbox[-1].body)
    assert list(memberships.invitations_for(friend)) == [invitation]
    assert memberships.accept_invitation(invitation=invitation, by=friend).user == friend


def test_address_that_only_waits_beside_a_confirmed_one_receives_no_invitation(owner):
    stranger = UserFactory()
    EmailAddress.objects.create(user=stranger, email="friend@example.org")
    invite(owner)
    assert reverse("account_signup") in mail.outbox[-1].body
    assert not memberships.invitations_for(stranger).exists()


@pytest.mark.parametrize("alike", ["frıend@example.org", "friend@exampľe.org", "frİend@example.org"])
def test_invitation_is_not_for_an_address_that_only_looks_like_it(owner, alike):
    invitation = invite(owner)
    stranger = UserFactory(email=alike)
    confirmed(stranger, alike)
    assert not memberships.invitations_for(stranger).exists()
    assert not Invitation.objects.visible_to(stranger).exists()
    Invitation.objects.all().delete()
    other = memberships.invite(organisation=owner.organisation, email=alike, role=MembershipRole.MEMBER, by=owner.user)
    assert list(memberships.invitations_for(stranger)) == [other] != [invitation]
