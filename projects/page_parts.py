"""What this app shows on the pages of technologies, introductions and organisations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.registered.page_places import ORGANISATION_RECORDS
from kr_ru_platform.web.registered.page_parts import register_part
from matching.page_places import (
    INTRODUCTION_ACTIONS,
    INTRODUCTION_COLUMNS,
    INTRODUCTION_FACTS,
    TECHNOLOGY_FIGURES,
    TECHNOLOGY_WORK,
)
from projects.domain.overview.lineage import fetch_tasks, research_tasks_of, work_figures
from projects.models import TaskPartner

SHOWN = 10


def partnerships_of(organisation: Organisation) -> dict[str, Any]:
    rows = TaskPartner.objects.filter(organisation=organisation)
    return {"count": rows.count(), "rows": rows.select_related("research_task").order_by("-pk")[:SHOWN]}


def register() -> None:
    register_part(TECHNOLOGY_FIGURES, "projects/page_parts/_figures.html", work_figures)
    register_part(TECHNOLOGY_WORK, "projects/page_parts/_research_tasks.html", research_tasks_of)
    register_part(INTRODUCTION_FACTS, "projects/page_parts/_introduction_facts.html")
    register_part(INTRODUCTION_ACTIONS, "projects/page_parts/_introduction_actions.html")
    register_part(
        INTRODUCTION_COLUMNS, "projects/page_parts/_introduction_cell.html", fetch_tasks, heading=_("Research task")
    )
    register_part(ORGANISATION_RECORDS, "projects/page_parts/_partnerships.html", partnerships_of)
