"""The figures of the public page: read-only, last in the flow. Only verified outcomes count."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum

from matching.enums import DeclineReason, DemandState, Field, MatchRequestState
from matching.models import Demand, Introduction, Match, MatchRequest, Technology
from projects.domain.tasks.budgets import Amounts
from projects.domain.tasks.task_lists import sum_of_lines
from projects.enums import OutcomeKind, OutcomeStatus, TaskState, TaskType
from projects.models import BudgetLine, Outcome, Programme, ResearchTask

ZERO = Decimal(0)


@dataclass(frozen=True)
class CountOfKind:
    """How many there are of one kind."""

    code: str
    count: int


@dataclass(frozen=True)
class YearFigures:
    year: int
    tasks: int
    granted_krw: Decimal
    planned: Amounts


@dataclass(frozen=True)
class OutcomeTotal:
    """Verified figures of one kind, country and currency: currencies are never added up."""

    kind: OutcomeKind
    country: str
    currency: str
    total: Decimal
    count: int


@dataclass(frozen=True)
class Statistics:
    year: int | None
    task_count: int
    granted_krw: Decimal
    planned: Amounts
    has_illustrative_amounts: bool
    by_type: list[CountOfKind]
    by_field: list[CountOfKind]
    by_state: list[CountOfKind]
    by_year: list[YearFigures]
    verified: list[OutcomeTotal]
    # Figures that are not counted stand one by one: contradicting claims have no sum.
    uncounted: list[Outcome]
    funnel: list[CountOfKind]
    losses: list[CountOfKind]
    tasks: list[ResearchTask]
    # What one company's work costs is for those who read every research task; sums are for everybody.
    tells_amounts: bool = False


def collect_statistics(*, year: int | None = None, is_insider: bool = False) -> Statistics:
    """Everything the page and its exports show, for one programme year or for all.

    What a company reports is its own until somebody else has verified it: only those who read every research task
    see it here.
    """
    chosen = {"programme__year": year} if year else {}
    tasks = ResearchTask.objects.filter(**chosen).order_by("number")
    by_year = figures_by_year(year)
    listed = list(tasks_for_table(tasks))
    return Statistics(
        year=year,
        task_count=len(listed),
        granted_krw=sum((figures.granted_krw for figures in by_year), ZERO),
        planned=sum((figures.planned for figures in by_year), Amounts()),
        has_illustrative_amounts=any(task.has_illustrative_amounts for task in listed),
        by_type=shares((task.task_type for task in listed), TaskType),
        by_field=shares((task.field for task in listed), Field),
        by_state=shares((task.state for task in listed), TaskState),
        by_year=by_year,
        verified=verified_totals(year),
        uncounted=uncounted_outcomes(year) if is_insider else [],
        funnel=funnel(),
        losses=losses(),
        tasks=listed,
        tells_amounts=is_insider,
    )


def tasks_for_table(tasks: QuerySet[ResearchTask]) -> QuerySet[ResearchTask]:
    return (
        tasks.select_related("programme")
        .prefetch_related("partners__organisation")
        .annotate(planned_krw=sum_of_lines("total_krw"))
    )


def shares(codes: Iterable[str], choices: Iterable[str]) -> list[CountOfKind]:
    """Counts in the order of the choices, without empty ones."""
    counted: dict[str, int] = {}
    for code in codes:
        counted[code] = counted.get(code, 0) + 1
    return [CountOfKind(str(choice), counted[choice]) for choice in choices if choice in counted]


def figures_by_year(year: int | None) -> list[YearFigures]:
    programmes, lines, tasks = Programme.objects.all(), BudgetLine.objects.all(), ResearchTask.objects.all()
    if year:
        programmes = programmes.filter(year=year)
        lines = lines.filter(research_task__programme__year=year)
        tasks = tasks.filter(programme__year=year)
    granted = dict(programmes.order_by("year").values_list("year").annotate(Sum("budget_krw")))
    counted = dict(tasks.order_by().values_list("programme__year").annotate(Count("pk")))
    sums = (
        lines.order_by()
        .values(year=F("research_task__programme__year"))
        .annotate(
            government=Sum("government_krw"),
            cash=Sum("company_cash_krw"),
            in_kind=Sum("company_in_kind_krw"),
            spent=Sum("spent_krw"),
        )
    )
    planned = {r["year"]: Amounts(r["government"], r["cash"], r["in_kind"], r["spent"]) for r in sums}
    return [
        YearFigures(number, counted.get(number, 0), amount, planned.get(number, Amounts()))
        for number, amount in granted.items()
    ]


def outcomes_of(year: int | None) -> QuerySet[Outcome]:
    outcomes = Outcome.objects.all()
    return outcomes.filter(research_task__programme__year=year) if year else outcomes


def verified_totals(year: int | None) -> list[OutcomeTotal]:
    verified = outcomes_of(year).filter(status=OutcomeStatus.VERIFIED).order_by()
    rows = verified.values("kind", "country", "currency").annotate(Sum("value"), Count("pk"))
    totals = [
        OutcomeTotal(OutcomeKind(row["kind"]), row["country"], row["currency"], row["value__sum"], row["pk__count"])
        for row in rows
    ]
    kinds = list(OutcomeKind)
    return sorted(totals, key=lambda total: (kinds.index(total.kind), total.country, total.currency))


def uncounted_outcomes(year: int | None) -> list[Outcome]:
    uncounted = outcomes_of(year).exclude(status=OutcomeStatus.VERIFIED)
    return list(uncounted.select_related("research_task").order_by("research_task__number", "kind", "pk"))


def funnel() -> list[CountOfKind]:
    """From technology to outcome, over the whole portal and all years."""
    return [
        CountOfKind("technology", Technology.objects.published().count()),
        CountOfKind("demand", Demand.objects.exclude(state=DemandState.DRAFT).count()),
        CountOfKind("match", Match.objects.count()),
        CountOfKind("match_request", MatchRequest.objects.count()),
        CountOfKind("introduction", Introduction.objects.count()),
        CountOfKind("research_task", ResearchTask.objects.count()),
        CountOfKind("outcome", Outcome.objects.verified().count()),
    ]


def losses() -> list[CountOfKind]:
    """Why requests and research tasks went no further."""
    requests = MatchRequest.objects.order_by()
    declined = requests.filter(state=MatchRequestState.DECLINED).values_list("decline_reason")
    by_reason = dict(declined.annotate(Count("pk")))
    found = [CountOfKind(str(reason), by_reason[reason]) for reason in DeclineReason if reason in by_reason]
    withdrawn = requests.filter(state=MatchRequestState.WITHDRAWN).count()
    stopped = ResearchTask.objects.filter(state=TaskState.STOPPED).count()
    others = [CountOfKind("withdrawn", withdrawn), CountOfKind("stopped", stopped)]
    return found + [share for share in others if share.count]
