from datetime import date

import pytest

from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from projects.domain.tasks.dates import add_months, end_of_task
from projects.domain.tasks.research_tasks import (
    MOVES,
    EvidenceMissingError,
    create_research_task,
    move_research_task,
    update_research_task,
)
from projects.enums import PartnerRole, TaskState, TaskType
from projects.models import ResearchTask
from tests.factories.organisation import OrganisationFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import create_staff


@pytest.mark.parametrize(
    ("task_type", "end"),
    [
        (TaskType.SHORT_TERM, date(2019, 12, 20)),
        (TaskType.LOCALISATION, date(2020, 6, 20)),
        (TaskType.ORIGINAL, date(2021, 6, 20)),
    ],
)
def test_end_of_task_follows_the_type(task_type, end):
    assert end_of_task(starts_on=date(2019, 6, 21), task_type=task_type) == end


def test_add_months_stays_within_a_short_month():
    assert add_months(date(2019, 8, 31), 6) == date(2020, 2, 29)


@pytest.mark.django_db
def test_create_research_task_fills_the_end_and_the_partners():
    staff, company = create_staff(), OrganisationFactory()
    task = create_research_task(
        by=staff,
        data={
            "programme": ProgrammeFactory(),
            "number": "2019-01",
            "title_ko": "란스노즐 개발",
            "task_type": TaskType.SHORT_TERM,
            "direction": "ru_kr",
            "field": "metals",
            "starts_on": date(2019, 7, 1),
            "ends_on": None,
        },
        partners=[(company, PartnerRole.PARTICIPANT)],
    )
    task.refresh_from_db()
    assert (task.ends_on, task.manager, task.state) == (date(2019, 12, 31), staff, TaskState.PLANNED)
    assert [(p.organisation, p.role) for p in task.partners.all()] == [(company, PartnerRole.PARTICIPANT)]
    assert task.history.get().history_user == staff


@pytest.mark.django_db
def test_update_research_task_replaces_partners_and_keeps_those_that_stay():
    stays, goes = TaskPartnerFactory(), None
    task = stays.research_task
    goes = TaskPartnerFactory(research_task=task, role=PartnerRole.PROVIDER)
    joins = OrganisationFactory()
    update_research_task(
        research_task=task,
        by=create_staff(),
        data={"title_ko": "새 이름"},
        expected_revision=1,
        partners=[(stays.organisation, PartnerRole.PARTICIPANT), (joins, PartnerRole.LEAD)],
    )
    task.refresh_from_db()
    assert (task.title_ko, task.revision) == ("새 이름", 2)
    assert {(p.organisation_id, p.role) for p in task.partners.all()} == {
        (stays.organisation_id, "participant"),
        (joins.pk, "lead"),
    }
    assert task.partners.filter(pk=stays.pk).exists()
    assert goes.organisation_id not in task.partners.values_list("organisation", flat=True)


@pytest.mark.django_db
def test_update_research_task_on_an_older_revision_is_refused():
    task = ResearchTaskFactory(revision=3)
    with pytest.raises(StaleRevisionError):
        update_research_task(research_task=task, by=create_staff(), data={"title_ko": "x"}, expected_revision=2)
    task.refresh_from_db()
    assert task.title_ko != "x"


@pytest.mark.django_db
@pytest.mark.parametrize("start", TaskState)
@pytest.mark.parametrize("to", TaskState)
def test_move_research_task_allows_exactly_the_table(start, to):
    task = ResearchTaskFactory(state=start, stop_reason="자금" if start == TaskState.STOPPED else "")
    if MOVES.allows(start, to):
        moved = move_research_task(research_task=task, to=to, by=create_staff(), reason="중단 사유")
        assert (moved.state, moved.revision) == (to, 2)
    else:
        with pytest.raises(MoveNotAllowedError):
            move_research_task(research_task=task, to=to, by=create_staff(), reason="중단 사유")
        assert ResearchTask.objects.get().state == start


@pytest.mark.django_db
def test_move_research_task_without_evidence_does_not_start():
    task = ResearchTaskFactory(evidence="  ")
    with pytest.raises(EvidenceMissingError):
        move_research_task(research_task=task, to=TaskState.RUNNING, by=create_staff())


@pytest.mark.django_db
def test_move_research_task_to_stopped_needs_a_reason():
    with pytest.raises(MoveNotAllowedError):
        move_research_task(research_task=ResearchTaskFactory(), to=TaskState.STOPPED, by=create_staff(), reason=" ")


@pytest.mark.django_db
def test_update_research_task_with_an_emptied_end_works_it_out_from_the_type():
    task = ResearchTaskFactory(task_type=TaskType.LOCALISATION, ends_on=date(2019, 9, 9))
    data = {"task_type": TaskType.ORIGINAL, "ends_on": None}
    saved = update_research_task(research_task=task, by=create_staff(), data=data, expected_revision=1)
    assert saved.ends_on == date(2021, 6, 30)
