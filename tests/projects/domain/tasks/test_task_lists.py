"""What the pages of research tasks read, and which figures contradict each other."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import OrganisationKind
from projects.domain.tasks.budgets import Amounts
from projects.domain.tasks.task_lists import (
    BudgetRow,
    BudgetTable,
    OutcomeGroup,
    budget_table,
    companies_of,
    has_conflict,
    outcome_groups,
    research_tasks_for_detail,
    research_tasks_for_list,
)
from projects.enums import CostItem, OutcomeKind, PartnerRole
from projects.models import BudgetLine, Outcome
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.demand import DemandFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def test_list_adds_up_the_lines_of_each_task_alone():
    task = BudgetLineFactory().research_task
    BudgetLineFactory(research_task=task, cost_item=CostItem.MATERIALS, spent_krw=5)
    bare = ResearchTaskFactory()
    found = {row: (row.planned_krw, row.spent_krw) for row in research_tasks_for_list(create_staff())}
    assert found == {task: (140_000_000, 30_000_005), bare: (0, 0)}


def test_lists_and_details_hold_only_what_the_reader_may_see():
    partner = TaskPartnerFactory()
    ResearchTaskFactory()
    member = create_member(organisation=partner.organisation)
    for read in (research_tasks_for_list, research_tasks_for_detail):
        assert list(read(member)) == [partner.research_task]
        assert list(read(AnonymousUser())) == []
        assert len(read(create_staff())) == 2


def test_demand_of_a_task_is_shown_to_its_own_company_and_the_centre():
    demand = DemandFactory()
    task = ResearchTaskFactory(demand=demand)
    readers = {"staff": create_staff()}
    for name, company in (("own", demand.organisation), ("other", OrganisationFactory())):
        TaskPartnerFactory(research_task=task, organisation=company)
        readers[name] = create_member(organisation=company)
    shown = {name: research_tasks_for_detail(reader).get().demand for name, reader in readers.items()}
    assert shown == {"staff": demand, "own": demand, "other": None}


def test_task_is_for_companies_not_for_providers_and_institutes_that_lead():
    task = ResearchTaskFactory()
    companies = {
        role: TaskPartnerFactory(research_task=task, role=role, organisation=OrganisationFactory()).organisation
        for role in PartnerRole
    }
    TaskPartnerFactory(research_task=task, role=PartnerRole.LEAD, organisation=InstituteFactory())
    TaskPartnerFactory(
        research_task=task,
        role=PartnerRole.LEAD,
        organisation=OrganisationFactory(kind=OrganisationKind.UNIVERSITY),
    )
    wanted = (PartnerRole.LEAD, PartnerRole.PARTICIPANT, PartnerRole.DEMAND)
    assert set(companies_of(task)) == {companies[role] for role in wanted}


def test_budget_is_told_in_the_official_order_with_its_total():
    lines = [
        BudgetLine(cost_item=CostItem.INDIRECT, government_krw=1, spent_krw=3),
        BudgetLine(cost_item=CostItem.PERSONNEL, company_cash_krw=5, company_in_kind_krw=7),
    ]
    assert budget_table(lines) == BudgetTable(
        [
            BudgetRow(CostItem.PERSONNEL, Amounts(0, 5, 7, 0)),
            BudgetRow(CostItem.INDIRECT, Amounts(1, 0, 0, 3)),
        ],
        Amounts(1, 5, 7, 3),
    )
    assert budget_table([]) == BudgetTable([], Amounts())


def figure(pk=1, *, kind=OutcomeKind.EXPORTS, value=5, currency="USD", country="", start=DAY, end=DAY):
    return Outcome(
        pk=pk,
        kind=kind,
        value=Decimal(value),
        currency=currency,
        country=country,
        period_start=start,
        period_end=end,
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"value": 6}, True),
        ({"currency": "KRW"}, True),
        ({}, False),
        ({"value": 6, "country": "RU"}, False),
        ({"value": 6, "start": date(2026, 1, 2), "end": date(2026, 1, 3)}, False),
        ({"value": 6, "start": date(2025, 12, 1), "end": date(2025, 12, 31)}, False),
        # The first day of one is the last of the other.
        ({"value": 6, "start": date(2025, 12, 1)}, True),
        ({"value": 6, "end": date(2026, 12, 1)}, True),
    ],
)
def test_different_figures_of_the_same_time_and_country_contradict_each_other(changes, expected):
    one, other = figure(), figure(2, **changes)
    assert (has_conflict([one, other]), has_conflict([other, one])) == (expected, expected)


def test_every_two_figures_are_compared():
    assert has_conflict([figure(1, country="KR"), figure(2), figure(3, value=6)])
    assert not has_conflict([figure(1)])
    assert not has_conflict([])


def test_figures_of_a_kind_stand_together_in_the_order_of_kinds():
    jobs, old, new = figure(1, kind=OutcomeKind.JOBS, currency=""), figure(2), figure(3, value=6)
    groups = [
        OutcomeGroup(OutcomeKind.EXPORTS, [old, new], True),
        OutcomeGroup(OutcomeKind.JOBS, [jobs], False),
    ]
    order = list(OutcomeKind)
    assert outcome_groups([new, jobs, old]) == sorted(groups, key=lambda group: order.index(group.kind))
