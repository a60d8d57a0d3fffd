import pytest

from projects.domain.account_closing import release_work
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def test_tasks_of_a_closed_account_wait_for_somebody_else():
    user, colleague = create_staff(), create_staff()
    own, other = ResearchTaskFactory(manager=user), ResearchTaskFactory(manager=colleague)
    release_work(user=user, by=colleague)
    for row in (own, other):
        row.refresh_from_db()
    assert [(row.manager, row.revision) for row in (own, other)] == [(None, 1), (colleague, 1)]
