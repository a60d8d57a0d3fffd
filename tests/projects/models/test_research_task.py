from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from accounts.enums import Confirmation
from projects.enums import TaskState
from projects.models import ResearchTask
from tests.constraints import constraint_against
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db
EVIDENCE, REASON = "research_task_beyond_plan_has_evidence_for_its_direction", "research_task_stopped_has_a_reason"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"ends_on": date(2019, 7, 1)}, "research_task_ends_after_it_starts"),
        ({"state": TaskState.RUNNING, "evidence": ""}, EVIDENCE),
        ({"state": TaskState.COMPLETED, "evidence": ""}, EVIDENCE),
        ({"state": TaskState.STOPPED}, REASON),
    ],
)
def test_constraint_rejects(fields, constraint):
    assert constraint_against(ResearchTaskFactory, **fields) == constraint


def test_edges_are_accepted():
    ResearchTaskFactory(ends_on=date(2019, 7, 2))
    ResearchTaskFactory(state=TaskState.PLANNED, evidence="")
    ResearchTaskFactory(state=TaskState.STOPPED, evidence="", stop_reason="The partner left.")
    assert ResearchTask.objects.count() == 3


def test_partner_has_a_role_once():
    partner = TaskPartnerFactory()
    same = {"research_task": partner.research_task, "organisation": partner.organisation}
    assert constraint_against(TaskPartnerFactory, **same) == "task_partner_has_a_role_once"
    TaskPartnerFactory(**same, role="lead")


def test_centre_and_evaluators_see_all_and_confirmed_partners_their_own():
    new = OrganisationFactory(confirmation=Confirmation.UNCONFIRMED)
    own, of_new = TaskPartnerFactory(), TaskPartnerFactory(organisation=new)
    other = ResearchTaskFactory()
    everything = {own.research_task, of_new.research_task, other}
    people = {
        "visitor": AnonymousUser(),
        "person": UserFactory(),
        "partner": create_member(organisation=own.organisation),
        "waiting": create_member(organisation=own.organisation, state="pending"),
        "unconfirmed partner": create_member(organisation=new),
        "evaluator": create_evaluator(),
        "staff": create_staff(),
    }
    assert {name: set(ResearchTask.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "person": set(),
        "partner": {own.research_task},
        "waiting": set(),
        "unconfirmed partner": set(),
        "evaluator": everything,
        "staff": everything,
    }


def test_title_is_in_the_readers_language_else_in_korean():
    row = ResearchTask(title_ko="과제", title_en="Task")
    found = {}
    for language in ("ko", "ru", "en"):
        with translation.override(language):
            found[language] = (str(row), row.title_language)
    assert found == {"ko": ("과제", "ko"), "ru": ("과제", "ko"), "en": ("Task", "en")}
