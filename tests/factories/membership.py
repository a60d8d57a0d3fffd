from typing import Any

import factory

from accounts.enums import MembershipRole, MembershipState
from accounts.models import Membership, User
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory


class MembershipFactory(factory.django.DjangoModelFactory):
    """Somebody who manages a company's account."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = MembershipRole.OWNER
    state = MembershipState.ACTIVE


def create_member(**fields: Any) -> User:
    """A user who acts for a company: create_member(organisation=…)."""
    return MembershipFactory(**fields).user
