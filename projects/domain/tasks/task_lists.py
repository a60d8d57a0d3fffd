"""Reads shaped for the pages of research tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import DecimalField, OuterRef, Prefetch, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.enums import OrganisationKind
from accounts.models import Organisation
from matching.models import Demand
from projects.domain.tasks.budgets import Amounts, amounts_of, total_of
from projects.enums import CostItem, OutcomeKind, PartnerRole
from projects.models import BudgetLine, Outcome, ResearchTask, TaskPartner

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

COMPANY_ROLES = (PartnerRole.PARTICIPANT, PartnerRole.DEMAND)


@dataclass(frozen=True)
class BudgetRow:
    cost_item: CostItem
    amounts: Amounts


@dataclass(frozen=True)
class BudgetTable:
    rows: list[BudgetRow]
    total: Amounts


@dataclass(frozen=True)
class OutcomeGroup:
    """All figures of one kind, side by side."""

    kind: OutcomeKind
    outcomes: list[Outcome]
    is_conflicting: bool


def sum_of_lines(field: str) -> Coalesce:
    lines = BudgetLine.objects.filter(research_task=OuterRef("pk")).order_by()
    total = lines.values("research_task").annotate(sum=Sum(field)).values("sum")
    output = DecimalField(max_digits=18, decimal_places=0)
    return Coalesce(Subquery(total, output_field=output), 0, output_field=output)


def research_tasks_for_list(user: "User | AnonymousUser") -> QuerySet[ResearchTask]:
    tasks = ResearchTask.objects.visible_to(user).select_related("programme")
    return tasks.prefetch_related("partners__organisation").annotate(
        planned_krw=sum_of_lines("total_krw"), spent_krw=sum_of_lines("spent_krw")
    )


def research_tasks_for_detail(user: "User | AnonymousUser") -> QuerySet[ResearchTask]:
    tasks = ResearchTask.objects.visible_to(user).select_related(
        "programme",
        "manager",
        "technology__holder",
        "introduction__match_request__match",
        "introduction__match_request__organisation",
    )
    outcomes = Outcome.objects.select_related("reported_by", "checked_by")
    # A demand is confidential: a partner of the task sees it only when it is their own.
    demands = Demand.objects.visible_to(user)
    return tasks.prefetch_related(
        "technology__texts",
        "partners__organisation",
        "budget_lines",
        Prefetch("outcomes", queryset=outcomes),
        Prefetch("demand", queryset=demands),
    )


def companies_of(research_task: ResearchTask) -> list[Organisation]:
    """Whom the task is for: not its providers, nor an institute that leads it."""
    partners = research_task.partners.all()
    return [p.organisation for p in partners if p.role in COMPANY_ROLES or is_leading_company(p)]


def is_leading_company(partner: TaskPartner) -> bool:
    return partner.role == PartnerRole.LEAD and partner.organisation.kind == OrganisationKind.COMPANY


def budget_table(lines: Iterable[BudgetLine]) -> BudgetTable:
    """Rows in the official order of cost items, with the total."""
    by_item = {CostItem(line.cost_item): amounts_of(line) for line in lines}
    rows = [BudgetRow(item, by_item[item]) for item in CostItem if item in by_item]
    return BudgetTable(rows, total_of(by_item.values()))


def outcome_groups(outcomes: Iterable[Outcome]) -> list[OutcomeGroup]:
    order = list(OutcomeKind)
    ranked = sorted(outcomes, key=lambda outcome: (order.index(OutcomeKind(outcome.kind)), outcome.pk))
    groups = []
    for kind, members in groupby(ranked, key=lambda outcome: outcome.kind):
        same_kind = list(members)
        groups.append(OutcomeGroup(OutcomeKind(kind), same_kind, has_conflict(same_kind)))
    return groups


def has_conflict(outcomes: list[Outcome]) -> bool:
    """Two different figures for the same country over periods that overlap."""
    return any(
        one.country == other.country
        and (one.value, one.currency) != (other.value, other.currency)
        and one.period_start <= other.period_end
        and other.period_start <= one.period_end
        for number, one in enumerate(outcomes)
        for other in outcomes[number + 1 :]
    )
