"""Creating, changing and moving research tasks."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.domain.organisations.confirmation import refuse_unconfirmed
from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from projects.domain.tasks.dates import end_of_task
from projects.enums import PartnerRole, TaskState
from projects.models import ResearchTask, TaskPartner

MOVES: dict[TaskState, tuple[TaskState, ...]] = {
    TaskState.PLANNED: (TaskState.RUNNING, TaskState.STOPPED),
    TaskState.RUNNING: (TaskState.COMPLETED, TaskState.STOPPED),
    TaskState.COMPLETED: (),
    TaskState.STOPPED: (),
}
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


def allowed_moves(research_task: ResearchTask) -> tuple[TaskState, ...]:
    return MOVES[TaskState(research_task.state)]


@transaction.atomic
def create_research_task(*, by: User, data: dict[str, Any], partners: Partners = ()) -> ResearchTask:
    research_task = ResearchTask(manager=data.get("manager") or by)
    fill(research_task, data)
    research_task._history_user = by  # type: ignore[attr-defined]
    research_task.save()
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
    locked = lock(research_task, expected_revision)
    fill(locked, data)
    locked.revision += 1
    locked._history_user = by  # type: ignore[attr-defined]
    locked.save()
    if partners is not None:
        set_partners(locked, partners)
    return locked


@transaction.atomic
def move_research_task(*, research_task: ResearchTask, to: TaskState, by: User, reason: str = "") -> ResearchTask:
    locked = ResearchTask.objects.select_for_update().get(pk=research_task.pk)
    if to not in allowed_moves(locked):
        raise MoveNotAllowedError(f"{locked.state} → {to}")
    if to == TaskState.RUNNING and not locked.evidence.strip():
        raise EvidenceMissingError(locked.direction)
    if to == TaskState.STOPPED:
        if not reason.strip():
            raise MoveNotAllowedError("no reason")
        locked.stop_reason = reason.strip()
    locked.state = to
    locked.revision += 1
    locked._history_user = by  # type: ignore[attr-defined]
    locked.save()
    return locked


def lock(research_task: ResearchTask, expected_revision: int) -> ResearchTask:
    """The row as it is now, locked; refuses when somebody else changed it meanwhile."""
    locked = ResearchTask.objects.select_for_update().get(pk=research_task.pk)
    if locked.revision != expected_revision:
        raise StaleRevisionError(locked)
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
