"""Each truth about one row that the database itself holds."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from projects.enums import Currency, OutcomeKind, OutcomeStatus, TaskState
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db

REJECTED = [
    ("programme_budget_is_not_negative", ProgrammeFactory, {"budget_krw": -1}),
    ("research_task_ends_after_it_starts", ResearchTaskFactory, {"ends_on": date(2019, 7, 1)}),
    (
        "research_task_beyond_plan_has_evidence_for_its_direction",
        ResearchTaskFactory,
        {"state": TaskState.RUNNING, "evidence": ""},
    ),
    ("research_task_stopped_has_a_reason", ResearchTaskFactory, {"state": TaskState.STOPPED}),
    ("budget_line_amounts_are_not_negative", BudgetLineFactory, {"spent_krw": -1}),
    ("budget_line_total_is_the_sum_of_its_sources", BudgetLineFactory, {"total_krw": 70_000_001}),
    ("outcome_value_is_not_negative", OutcomeFactory, {"value": -1}),
    ("outcome_period_ends_after_it_starts", OutcomeFactory, {"period_end": date(2019, 6, 30)}),
    ("outcome_has_a_currency_exactly_when_it_is_money", OutcomeFactory, {"currency": ""}),
    (
        "outcome_has_a_currency_exactly_when_it_is_money",
        OutcomeFactory,
        {"kind": OutcomeKind.JOBS, "currency": Currency.USD},
    ),
    ("outcome_has_evidence", OutcomeFactory, {"evidence": ""}),
    ("outcome_checked_has_a_time", OutcomeFactory, {"status": OutcomeStatus.VERIFIED}),
    ("outcome_disputed_has_a_note", OutcomeFactory, {"verified": True, "status": OutcomeStatus.DISPUTED}),
]


@pytest.mark.parametrize(("name", "factory", "fields"), REJECTED)
def test_constraint_rejects(name, factory, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**fields)


def test_outcome_verified_by_its_reporter_is_rejected():
    person = UserFactory()
    with pytest.raises(IntegrityError, match="outcome_is_verified_by_another_person"), transaction.atomic():
        OutcomeFactory(verified=True, reported_by=person, checked_by=person)


def test_budget_line_of_the_same_cost_item_is_rejected():
    line = BudgetLineFactory()
    with pytest.raises(IntegrityError, match="budget_line_is_one_per_cost_item"), transaction.atomic():
        BudgetLineFactory(research_task=line.research_task)


def test_task_partner_with_the_same_role_is_rejected():
    partner = TaskPartnerFactory()
    with pytest.raises(IntegrityError, match="task_partner_has_a_role_once"), transaction.atomic():
        TaskPartnerFactory(research_task=partner.research_task, organisation=partner.organisation)
