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
    assert allowed(rules.can_merge_organisations) == {"staff", "admin"}
    # Acting for nobody yet, also while a request to join waits.
    assert allowed(rules.can_dispute_organisations) == {"newcomer", "pending owner", "evaluator"}


def test_nobody_confirms_the_organisation_that_they_act_for():
    organisation = OrganisationFactory()
    people = _people(organisation)
    people["staff who belongs to it"] = MembershipFactory(organisation=organisation, user=create_staff()).user
    people["staff who wants to"] = MembershipFactory(
        organisation=organisation, user=create_staff(), state="pending"
    ).user
    people["staff of another"] = MembershipFactory(user=create_staff()).user
    allowed = {name for name, user in people.items() if rules.can_confirm_organisation(user, organisation)}
    assert allowed == {"staff", "admin", "staff of another"}


def test_account_is_closed_by_its_owner_or_by_a_programme_manager():
    people = {
        "visitor": AnonymousUser(),
        "person": UserFactory(),
        "staff": create_staff(),
        "admin": create_programme_admin(),
        "superuser": UserFactory(is_superuser=True),
        "closed": UserFactory(email="closed-1@closed.invalid", is_closed=True),
    }
    subjects = {name: person for name, person in people.items() if name != "visitor"}
    assert {
        name: {whom for whom, person in subjects.items() if rules.can_close_account(user, person)}
        for name, user in people.items()
    } == {
        "visitor": set(),
        "person": {"person"},
        "staff": {"staff"},
        "admin": {"person", "staff", "admin"},
        "superuser": {"person", "staff", "admin", "superuser"},
        "closed": set(),
    }
