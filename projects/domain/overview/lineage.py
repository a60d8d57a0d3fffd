"""What became of a technology and of an introduction: research tasks and their outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, prefetch_related_objects

from matching.models import Introduction, Technology
from projects.models import ResearchTask


@dataclass(frozen=True)
class WorkFigures:
    """How many research tasks came from a technology, and how many outcomes these have."""

    task_count: int
    outcome_count: int


def work_figures(technology: Technology) -> WorkFigures:
    counts = _tasks_of(technology).aggregate(
        tasks=Count("pk", distinct=True), outcomes=Count("outcomes", distinct=True)
    )
    return WorkFigures(counts["tasks"], counts["outcomes"])


def research_tasks_of(technology: Technology) -> QuerySet[ResearchTask]:
    """Newest first, each with its `outcome_count`."""
    return _tasks_of(technology).annotate(outcome_count=Count("outcomes")).order_by("-starts_on", "-pk")


def _tasks_of(technology: Technology) -> QuerySet[ResearchTask]:
    """Those begun with it, and those that came from introductions to its holder."""
    came_from = Q(technology=technology) | Q(introduction__match_request__technology=technology)
    return ResearchTask.objects.filter(came_from)


def fetch_tasks(introductions: Sequence[Introduction]) -> None:
    """The research tasks of all of them in one query."""
    prefetch_related_objects(introductions, "research_tasks")
