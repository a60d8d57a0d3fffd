"""Reads of the first page: the way in, and what came of it. Nothing that is not public."""

from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from matching.models import Introduction, Technology
from projects.enums import OutcomeKind
from projects.models import Outcome, ResearchTask

LATEST = 6
IN_USE = 3
TRL_IN_USE = 9
CASES = 3


@dataclass(frozen=True)
class SuccessCase:
    """A technology with the sums of its verified outcomes: kind, currency, total."""

    technology: Technology
    outcomes: list[dict[str, object]]


@dataclass(frozen=True)
class FirstPageCounts:
    technologies: int
    introductions: int
    research_tasks: int
    outcomes: int


def counts() -> FirstPageCounts:
    return FirstPageCounts(
        technologies=Technology.objects.published().count(),
        introductions=Introduction.objects.count(),
        research_tasks=ResearchTask.objects.count(),
        outcomes=Outcome.objects.verified().count(),
    )


def latest_technologies() -> QuerySet[Technology]:
    return Technology.objects.published().with_texts().order_by("-published_at", "-id")[:LATEST]


def technologies_in_use() -> QuerySet[Technology]:
    in_use = Technology.objects.published().with_texts().filter(trl=TRL_IN_USE)
    return in_use.order_by("published_at", "id")[:IN_USE]


def success_cases() -> list[SuccessCase]:
    proven = Outcome.objects.verified().values("research_task__technology")
    technologies = Technology.objects.published().with_texts().filter(pk__in=proven).order_by("pk")[:CASES]
    sums = (
        Outcome.objects.verified()
        .filter(research_task__technology__in=[technology.pk for technology in technologies])
        .values("research_task__technology", "kind", "currency")
        .annotate(total=Sum("value"))
        .order_by("kind", "currency")
    )
    by_technology: dict[int, list[dict[str, object]]] = {}
    for row in sums:
        outcome = {"label": OutcomeKind(row["kind"]).label, "currency": row["currency"], "total": row["total"]}
        by_technology.setdefault(row["research_task__technology"], []).append(outcome)
    return [SuccessCase(technology, by_technology.get(technology.pk, [])) for technology in technologies]
