import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Confirmation
from projects import rules
from projects.enums import PartnerRole
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import TaskPartnerFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_rules_of_research_tasks_by_role():
    partner = TaskPartnerFactory()
    provider = TaskPartnerFactory(research_task=partner.research_task, role="provider")
    people = {
        "visitor": AnonymousUser(),
        "person": UserFactory(),
        "company": create_member(organisation=partner.organisation),
        "provider": create_member(organisation=provider.organisation),
        "evaluator": create_evaluator(),
        "staff": create_staff(),
        "manager": create_programme_admin(),
    }
    allowed = {
        name: (
            rules.can_edit_research_tasks(user),
            rules.can_edit_budgets(user),
            rules.can_see_programmes(user),
            rules.can_edit_programmes(user),
            rules.can_report_outcomes(user, partner.research_task),
            rules.can_see_history(user),
            rules.sees_every_task(user),
        )
        for name, user in people.items()
    }
    assert allowed == {
        "visitor": (False, False, False, False, False, False, False),
        "person": (False, False, False, False, False, False, False),
        "company": (False, False, False, False, True, False, False),
        "provider": (False, False, False, False, False, False, False),
        "evaluator": (False, False, False, False, False, False, True),
        "staff": (True, False, True, False, True, True, True),
        "manager": (True, True, True, True, True, True, True),
    }


def test_rules_of_outcomes_by_who_reported_them():
    reporter, manager = create_member(), create_programme_admin()
    company = reporter.memberships.get().organisation
    claim, own = OutcomeFactory(reported_by=reporter, reported_for=company), OutcomeFactory(reported_by=manager)
    TaskPartnerFactory(research_task=claim.research_task, organisation=company)
    verified = OutcomeFactory(verified=True, reported_by=reporter, reported_for=company)
    people = {"reporter": reporter, "staff": create_staff(), "manager": manager, "visitor": AnonymousUser()}
    edit = {name: [rules.can_edit_outcome(user, o) for o in (claim, own, verified)] for name, user in people.items()}
    check = {name: [rules.can_check_outcome(user, o) for o in (claim, own, verified)] for name, user in people.items()}
    assert edit == {
        "reporter": [True, False, False],
        "staff": [True, True, False],
        "manager": [True, True, False],
        "visitor": [False, False, False],
    }
    assert check == {
        "reporter": [False, False, False],
        "staff": [False, False, False],
        "manager": [True, False, True],
        "visitor": [False, False, False],
    }


def test_figures_are_reported_by_confirmed_companies_of_the_task():
    """Whatever leads or takes part or asked for it; a provider has no figures of its own."""
    new = OrganisationFactory(confirmation=Confirmation.UNCONFIRMED)
    first = TaskPartnerFactory(organisation=new)
    found = {}
    for role in PartnerRole:
        partner = TaskPartnerFactory(research_task=first.research_task, role=role)
        member = create_member(organisation=partner.organisation)
        found[role] = rules.can_report_outcomes(member, first.research_task)
    assert {role for role, may in found.items() if may} == {
        PartnerRole.LEAD,
        PartnerRole.PARTICIPANT,
        PartnerRole.DEMAND,
    }
    assert not rules.can_report_outcomes(create_member(organisation=new), first.research_task)


def test_whoever_left_the_company_does_not_edit_its_figures():
    """Not even as a member of the provider, who reads the task."""
    partner, provider = TaskPartnerFactory(), TaskPartnerFactory(role=PartnerRole.PROVIDER)
    TaskPartnerFactory(research_task=partner.research_task, organisation=provider.organisation, role="provider")
    reporter = create_member(organisation=partner.organisation)
    said = {"reported_by": reporter, "reported_for": partner.organisation}
    outcome = OutcomeFactory(research_task=partner.research_task, **said)
    assert rules.can_edit_outcome(reporter, outcome)
    reporter.memberships.update(organisation=provider.organisation)
    assert not rules.can_edit_outcome(type(reporter).objects.get(pk=reporter.pk), outcome)


def test_whoever_moved_to_another_company_of_the_task_reports_for_that_one_only():
    former, other = TaskPartnerFactory(), TaskPartnerFactory(role=PartnerRole.DEMAND)
    other.research_task = former.research_task
    other.save()
    reporter = create_member(organisation=former.organisation)
    said = {"reported_by": reporter, "reported_for": former.organisation}
    outcome = OutcomeFactory(research_task=former.research_task, **said)
    reporter.memberships.update(organisation=other.organisation)
    moved = type(reporter).objects.get(pk=reporter.pk)
    may = (rules.can_report_outcomes(moved, outcome.research_task), rules.can_edit_outcome(moved, outcome))
    assert may == (True, False)
    # Nor is a figure anybody's whose company nobody has noted.
    outcome.reported_for = None
    assert not rules.can_edit_outcome(moved, outcome)


def test_visitor_edits_no_figure_that_nobody_reported():
    assert not rules.can_edit_outcome(AnonymousUser(), OutcomeFactory())
