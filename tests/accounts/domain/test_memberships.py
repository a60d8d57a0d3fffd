import pytest
from django.core import mail
from django.utils.translation import override

from accounts.domain import memberships
from accounts.enums import MembershipRole, MembershipState
from accounts.errors import LastOwnerError
from accounts.models import Invitation, Membership
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


def _rows(organisation):
    rows = Membership.objects.filter(organisation=organisation).order_by("pk")
    return [(row.user.email, row.role, row.state) for row in rows]


def test_ask_to_join_twice_waits_once_and_writes_to_the_owner():
    owner = MembershipFactory(user__language="ru")
    person = UserFactory(email="new@example.org")
    for _time in range(2):
        memberships.ask_to_join(organisation=owner.organisation, by=person)
    assert _rows(owner.organisation)[1:] == [("new@example.org", "member", "pending")]
    assert [message.to for message in mail.outbox] == [[owner.user.email]]
    assert "/my/organisation/" in mail.outbox[0].body
    assert person.organisation_ids == frozenset()


def test_confirm_membership_lets_the_person_act_and_tells_them():
    owner = MembershipFactory()
    pending = MembershipFactory(organisation=owner.organisation, role="member", state="pending")
    memberships.confirm_membership(membership=pending, by=owner.user)
    pending.refresh_from_db()
    assert pending.state == MembershipState.ACTIVE
    assert [message.to for message in mail.outbox] == [[pending.user.email]]


def test_last_owner_neither_leaves_nor_becomes_a_member():
    owner = MembershipFactory()
    MembershipFactory(organisation=owner.organisation, role="member")
    MembershipFactory(organisation=owner.organisation, role="owner", state="pending")
    with pytest.raises(LastOwnerError):
        memberships.remove_membership(membership=owner, by=owner.user)
    with pytest.raises(LastOwnerError):
        memberships.change_role(membership=owner, role=MembershipRole.MEMBER, by=owner.user)
    owner.refresh_from_db()
    assert owner.role == MembershipRole.OWNER


def test_owner_leaves_when_there_is_another_and_the_centre_may_always():
    first = MembershipFactory()
    second = MembershipFactory(organisation=first.organisation)
    memberships.remove_membership(membership=first, by=first.user)
    assert _rows(first.organisation) == [(second.user.email, "owner", "active")]
    memberships.remove_membership(membership=second, by=create_staff())
    assert _rows(first.organisation) == []
    assert [message.to for message in mail.outbox] == [[second.user.email]]


@pytest.mark.parametrize("has_account", [True, False])
def test_invitation_is_accepted_by_whoever_has_the_address(has_account):
    owner = MembershipFactory()
    if has_account:
        UserFactory(email="friend@example.org")
    for role in (MembershipRole.MEMBER, MembershipRole.OWNER):
        memberships.invite(organisation=owner.organisation, email="Friend@example.org", role=role, by=owner.user)
    assert list(Invitation.objects.values_list("email", "role")) == [("friend@example.org", "owner")]
    assert len(mail.outbox) == 2
    assert ("/accounts/signup/" in mail.outbox[0].body) is not has_account
    friend = UserFactory(email="friend@example.org") if not has_account else None
    friend = friend or memberships.User.objects.get(email="friend@example.org")
    memberships.accept_invitation(invitation=memberships.invitations_for(friend).get(), by=friend)
    assert _rows(owner.organisation)[1:] == [("friend@example.org", "owner", "active")]
    assert not Invitation.objects.exists()


def test_invite_by_an_organisation_with_line_ends_in_its_name_sends_one_clean_subject():
    owner = MembershipFactory(organisation__name_ko="가\rBcc: x@example.org\r\n나")
    memberships.invite(
        organisation=owner.organisation, email="new@example.org", role=MembershipRole.MEMBER, by=owner.user
    )
    assert [(message.to, "\r" in message.subject) for message in mail.outbox] == [(["new@example.org"], False)]


def test_accept_invitation_does_not_lower_an_owner():
    owner = MembershipFactory()
    invitation = Invitation.objects.create(
        organisation=owner.organisation, email=owner.user.email, invited_by=owner.user
    )
    memberships.accept_invitation(invitation=invitation, by=owner.user)
    assert _rows(owner.organisation) == [(owner.user.email, "owner", "active")]


@pytest.mark.parametrize("is_masked", [True, False])
def test_who_is_declined_reads_the_name_in_their_language(is_masked):
    names = {"name_ko": "가온정밀", "name_ru": "Гамма", "name_en": "Gamma"}
    organisation = OrganisationFactory(**names, is_name_masked=is_masked)
    asked = memberships.ask_to_join(organisation=organisation, by=UserFactory(language="ru"))
    with override("ko"):
        memberships.remove_membership(membership=asked, by=create_staff())
    name = "Г***а" if is_masked else "Гамма"
    assert (name in mail.outbox[-1].body, "가" in mail.outbox[-1].body) == (True, False)


def test_who_is_declined_learns_neither_a_masked_name_nor_who_declined():
    owner = MembershipFactory(organisation__name_ko="㈜동해기술", user__full_name="Manager")
    asked = MembershipFactory(organisation=owner.organisation, state=MembershipState.PENDING)
    memberships.remove_membership(membership=asked, by=owner.user)
    told = mail.outbox[0].subject + mail.outbox[0].body
    assert ("동해기술" in told, "Manager" in told, "㈜동***술" in told) == (False, False, True)
