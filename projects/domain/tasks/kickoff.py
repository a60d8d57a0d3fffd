"""Introduction → research task: the only seam between the two apps."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Organisation
from matching.models import Introduction
from projects.enums import PartnerRole, TaskType
from projects.models import Programme, ResearchTask


@dataclass(frozen=True)
class TaskProposal:
    """What is known before anybody types: nothing is stored until a person confirms it."""

    data: dict[str, Any]
    partners: list[tuple[Organisation, PartnerRole]] = field(default_factory=list)


def propose_research_task(*, introduction: Introduction, today: date) -> TaskProposal:
    """The technology, demand, partners, field and direction that the introduction already tells."""
    request = introduction.match_request
    technology, demand = request.technology, request.demand
    # Never the demand's title: a demand is confidential, the title of a research task is public.
    titles = {f"title_{language}": title for language, title in technology.titles_for_all.items()}
    partners = [(request.organisation, PartnerRole.PARTICIPANT)]
    # Whom the company knows: the technology may have got another holder since.
    if introduction.holder:
        partners.append((introduction.holder, PartnerRole.PROVIDER))
    data = propose_blank(today=today) | titles
    data |= {
        "introduction": introduction,
        "technology": technology,
        "demand": demand,
        "direction": technology.direction,
        "field": technology.field or (demand.field if demand else ""),
        "summary": introduction.note,
    }
    return TaskProposal(data=data, partners=partners)


def propose_blank(*, today: date) -> dict[str, Any]:
    """Programme, number and start of a task that did not come from an introduction."""
    programme = Programme.objects.filter(year=today.year).first() or Programme.objects.first()
    return {
        "programme": programme,
        "number": next_number(programme) if programme else "",
        "task_type": TaskType.SHORT_TERM,
        "starts_on": today,
    }


def next_number(programme: Programme) -> str:
    """The next free number of the programme: 2019-12 after 2019-11."""
    pattern = re.compile(rf"{programme.year}-(\d+)$")
    numbers = ResearchTask.objects.filter(number__startswith=f"{programme.year}-")
    used = [int(found[1]) for n in numbers.values_list("number", flat=True) if (found := pattern.match(n))]
    return f"{programme.year}-{max(used, default=0) + 1:02d}"
