"""What came of it, for the first page: only published technologies and verified outcomes."""

from django import template
from django.db.models import Sum

from matching.models import Technology
from projects.enums import OutcomeStatus
from projects.models import Outcome, ResearchTask

register = template.Library()


@register.inclusion_tag("components/success_cases.html")
def success_cases(limit: int = 3) -> dict[str, object]:
    proven = Outcome.objects.verified().values("research_task__technology")
    cases = Technology.objects.published().with_texts().filter(pk__in=proven).order_by("pk")[:limit]
    outcomes = (
        Outcome.objects.verified()
        .filter(research_task__technology__in=[case.pk for case in cases])
        .values("research_task__technology", "kind", "currency")
        .annotate(total=Sum("value"))
        .order_by("kind", "currency")
    )
    by_technology: dict[int, list[dict[str, object]]] = {}
    for row in outcomes:
        by_technology.setdefault(row["research_task__technology"], []).append(
            {"label": Outcome(kind=row["kind"]).get_kind_display(), **row}
        )
    return {"cases": [{"technology": case, "outcomes": by_technology.get(case.pk, [])} for case in cases]}


@register.simple_tag
def research_task_count() -> int:
    return ResearchTask.objects.count()


@register.simple_tag
def verified_outcome_count() -> int:
    return Outcome.objects.filter(status=OutcomeStatus.VERIFIED).count()
