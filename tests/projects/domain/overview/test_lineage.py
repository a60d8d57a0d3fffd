"""What became of technologies and introductions."""

import pytest

from projects.domain.overview.lineage import WorkFigures, fetch_tasks, research_tasks_of, work_figures
from tests.factories.introduction import IntroductionFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory

pytestmark = pytest.mark.django_db


def test_everything_that_came_of_a_technology_is_counted_once():
    introduction = IntroductionFactory()
    technology = introduction.match_request.technology
    introduced = ResearchTaskFactory(introduction=introduction)
    direct = ResearchTaskFactory(technology=technology)
    ResearchTaskFactory()
    for task in (introduced, introduced, direct):
        OutcomeFactory(research_task=task)

    assert work_figures(technology) == WorkFigures(task_count=2, outcome_count=3)
    counted = {task.pk: task.outcome_count for task in research_tasks_of(technology)}
    assert counted == {introduced.pk: 2, direct.pk: 1}


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_of_many_introductions_come_in_one_query(count, django_assert_num_queries):
    introductions = [IntroductionFactory() for _ in range(count)]
    tasks = [ResearchTaskFactory(introduction=introduction) for introduction in introductions]
    with django_assert_num_queries(1):
        fetch_tasks(introductions)
        assert [task for row in introductions for task in row.research_tasks.all()] == tasks
