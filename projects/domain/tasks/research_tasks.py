"""Creating, changing and moving research tasks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.domain.organisations.confirmation import refuse_unconfirmed
from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import MoveNotAllowedError
from kr_ru_platform.saving.moves import Moves
from kr_ru_platform.saving.revisions import locked_row, refuse_stale, save_revision, save_signed
from projects.domain.tasks.dates import end_of_task
from projects.enums import PartnerRole, TaskState
from projects.models import ResearchTask, TaskPartner

MOVES = Moves(
    {
        TaskState.PLANNED: [TaskState.RUNNING, TaskState.STOPPED],
        TaskState.RUNNING: [TaskState.COMPLETED, TaskState.STOPPED],
    }
)
FIELDS = frozenset(
    {
        "programme",
        "number",
        "title_ko",
        "title_ru",
        "title_en",
        "task_type",
        "direction",
        "field",
        "starts_on",
        "ends_on",
        "introduction",
        "technology",
        "demand",
        "evidence",
        "summary",
        "manager",
        "has_illustrative_amounts",
    }
)
Partners = Sequence[tuple[Organisation, PartnerRole]]


class EvidenceMissingError(MoveNotAllowedError):
    """A task starts only with the evidence that its direction asks for."""


@transaction.atomic
def create_research_task(*, by: User, data: dict[str, Any], partners: Partners = ()) -> ResearchTask:
    research_task = ResearchTask(manager=data.get("manager") or by)
    fill(research_task, data)
    save_signed(research_task, by=by)
    set_partners(research_task, partners)
    return research_task


@transaction.atomic
def update_research_task(
    *,
    research_task: ResearchTask,
    by: User,
    data: dict[str, Any],
    expected_revision: int,
    partners: Partners | None = None,
) -> ResearchTask:
    locked = locked_row(research_task, expected_revision)
    fill(locked, data)
    save_revision(locked, by=by)
    if partners is not None:
        set_partners(locked, partners)
    return locked


@transaction.atomic
def move_research_task(
    *,
    research_task: ResearchTask,
    to: TaskState,
    by: User,
    reason: str = "",
    expected_revision: int | None = None,
) -> ResearchTask:
    locked = locked_row(research_task)
    MOVES.check(locked, to)
    refuse_stale(locked, expected_revision)
    if to == TaskState.RUNNING and not locked.evidence.strip():
        raise EvidenceMissingError(locked, to)
    if to == TaskState.STOPPED:
        if not reason.strip():
            raise MoveNotAllowedError(locked, to)
        locked.stop_reason = reason.strip()
    locked.state = to
    save_revision(locked, by=by)
    return locked


def fill(research_task: ResearchTask, data: dict[str, Any]) -> None:
    for name in FIELDS & data.keys():
        if name != "manager" or data[name]:
            setattr(research_task, name, data[name])
    if not data.get("ends_on", research_task.ends_on):
        research_task.ends_on = end_of_task(starts_on=research_task.starts_on, task_type=research_task.task_type)


def set_partners(research_task: ResearchTask, partners: Partners) -> None:
    """Exactly these partners; those that stay keep their rows."""
    wanted = {(organisation.pk, role): organisation for organisation, role in partners}
    for partner in research_task.partners.all():
        if wanted.pop((partner.organisation_id, PartnerRole(partner.role)), None) is None:
            partner.delete()
    refuse_unconfirmed(*wanted.values())
    TaskPartner.objects.bulk_create(
        TaskPartner(research_task=research_task, organisation=organisation, role=role)
        for (_pk, role), organisation in wanted.items()
    )
