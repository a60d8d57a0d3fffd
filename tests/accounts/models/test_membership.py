import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership
from tests.constraints import constraint_against
from tests.factories.membership import MembershipFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


def test_person_belongs_to_an_organisation_once():
    row = MembershipFactory()
    again = {"user": row.user, "organisation": row.organisation, "role": "member"}
    assert constraint_against(MembershipFactory, **again) == "membership_is_one_per_person_and_organisation"
    MembershipFactory(user=row.user)


def test_colleagues_and_oneself_are_seen():
    own = MembershipFactory()
    colleague = MembershipFactory(organisation=own.organisation, state="pending")
    other = MembershipFactory()
    people = {
        "visitor": AnonymousUser(),
        "newcomer": UserFactory(),
        "member": own.user,
        "waiting": colleague.user,
        "staff": create_staff(),
    }
    assert {name: set(Membership.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "newcomer": set(),
        "member": {own, colleague},
        "waiting": {colleague},
        "staff": {own, colleague, other},
    }
    assert set(Membership.objects.active()) == {own, other}
    assert set(Membership.objects.pending()) == {colleague}
