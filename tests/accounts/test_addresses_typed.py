"""One person, one address, whatever keyboard it was typed on."""

import pytest
from django.core import mail
from django.urls import reverse

from accounts.domain.memberships import invitations_for, invite
from accounts.enums import MembershipRole
from accounts.models import User
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse 7 battery"
WAYS = [
    "kim@example.com",
    "ＫＩＭ＠ＥＸＡＭＰＬＥ．ＣＯＭ",
    " Kim@Example.com\u200b",
    "k\u00adim@example.com\u3000",
    "kim@example。com",
]


@pytest.mark.parametrize("typed", WAYS)
def test_log_in_takes_the_address_as_it_is_typed(client, typed):
    user = UserFactory(email="kim@example.com")
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.update_or_create(email=user.email, defaults={"verified": True, "primary": True})
    client.post(reverse("account_login"), {"login": typed, "password": PASSWORD})
    assert client.session.get("_auth_user_id") == str(user.pk)


def test_sign_up_keeps_the_plain_address(client):
    data = {"email": WAYS[1], "password1": PASSWORD, "password2": PASSWORD, "full_name": "김\u200b 철수"}
    client.post(reverse("account_signup"), {**data, "has_consented": "on"})
    assert list(User.objects.values_list("email", "full_name")) == [("kim@example.com", "김 철수")]


@pytest.mark.parametrize("typed", WAYS)
def test_an_invitation_reaches_the_person_whatever_the_address_was_typed_with(typed):
    user, owner = UserFactory(email="kim@example.com"), UserFactory()
    organisation = OrganisationFactory()
    invite(organisation=organisation, email=typed, role=MembershipRole.MEMBER, by=owner)
    invite(organisation=organisation, email="kim@example.com", role=MembershipRole.MEMBER, by=owner)
    assert [row.email for row in invitations_for(user)] == ["kim@example.com"]


def test_people_are_made_and_found_by_the_plain_address():
    user = User.objects.create_user(WAYS[2], PASSWORD)
    assert [User.objects.get_by_natural_key(typed) for typed in WAYS] == [user] * len(WAYS)
    assert mail.outbox == []
