from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Invitation
from tests.constraints import constraint_against
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db


def invite(**fields):
    fields.setdefault("invited_by", None)
    return Invitation.objects.create(**{"email": "new@example.org", **fields})


def test_address_is_invited_once_whatever_its_case():
    row = invite(organisation=OrganisationFactory())
    again = {"organisation": row.organisation, "email": "NEW@example.org"}
    assert constraint_against(invite, **again) == "invitation_is_one_per_organisation_and_address"
    invite(organisation=OrganisationFactory())


def test_seen_by_who_is_invited_by_managers_and_by_the_centre():
    company = OrganisationFactory()
    row, other = invite(organisation=company), invite(organisation=OrganisationFactory(), email="x@example.org")
    people = {
        "visitor": AnonymousUser(),
        "invited": UserFactory(email="New@Example.org"),
        "manager": create_member(organisation=company),
        "member": create_member(organisation=company, role="member"),
        "waiting manager": create_member(organisation=company, state="pending"),
        "staff": create_staff(),
    }
    assert {name: set(Invitation.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "invited": {row},
        "manager": {row},
        "member": set(),
        "waiting manager": set(),
        "staff": {row, other},
    }


def test_counts_while_whoever_invited_may_still_do_so():
    company = OrganisationFactory()
    managers = {
        "manager": create_member(organisation=company),
        "member": create_member(organisation=company, role="member"),
        "waiting manager": create_member(organisation=company, state="pending"),
        "manager elsewhere": create_member(),
        "evaluator": create_evaluator(),
        "staff": create_staff(),
        "superuser": UserFactory(is_superuser=True),
        "former staff": create_staff(is_active=False),
    }
    for name, by in managers.items():
        invite(organisation=company, email=f"{name.replace(' ', '-')}@example.org", invited_by=by)
    invite(organisation=company, email="nobody@example.org")
    valid = {row.email.partition("@")[0] for row in Invitation.objects.valid()}
    assert valid == {"manager", "staff", "superuser"}


@pytest.mark.parametrize(
    ("fields", "is_valid"),
    [({}, True), ({"expires_at": 1}, True), ({"expires_at": -1}, False), ({"withdrawn_at": 0}, False)],
)
def test_ends_by_its_time_or_when_it_is_withdrawn(fields, is_valid):
    now = timezone.now()
    times = {name: now + timedelta(minutes=minutes) for name, minutes in fields.items()}
    row = MembershipFactory()
    invitation = invite(organisation=row.organisation, invited_by=row.user, **times)
    assert Invitation.objects.valid().exists() == is_valid
    assert invitation.is_expired == (fields.get("expires_at") == -1)


def test_new_one_lasts_as_long_as_the_settings_say(settings):
    settings.INVITATION_DAYS = 3
    left = invite(organisation=OrganisationFactory()).expires_at - timezone.now()
    assert timedelta(days=3) - timedelta(minutes=1) < left <= timedelta(days=3)
