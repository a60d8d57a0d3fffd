import pytest
from django.contrib.auth.models import AnonymousUser

from accounts import rules
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def _people(organisation):
    membership = {"organisation": organisation}
    return {
        "visitor": AnonymousUser(),
        "newcomer": UserFactory(),
        "member": MembershipFactory(**membership, role="member").user,
        "owner": MembershipFactory(**membership).user,
        "pending owner": MembershipFactory(**membership, state="pending").user,
        "stranger": MembershipFactory().user,
        "evaluator": create_evaluator(),
        "staff": create_staff(),
        "admin": create_programme_admin(),
    }


def test_rules_allow_exactly_these_people():
    organisation = OrganisationFactory()
    people = _people(organisation)

    def allowed(rule, *arguments):
        return {name for name, user in people.items() if rule(user, *arguments)}

    assert allowed(rules.can_manage_members, organisation) == {"owner", "staff", "admin"}
    assert allowed(rules.owns_organisation, organisation) == {"owner"}
    assert allowed(rules.can_manage_organisations) == {"staff", "admin"}
    assert allowed(rules.can_assign_groups) == {"admin"}
    assert allowed(rules.can_see_people) == {"admin"}
    assert allowed(rules.can_register_organisation) == {"newcomer", "evaluator"}
