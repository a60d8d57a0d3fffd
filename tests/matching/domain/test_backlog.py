"""What waits for the worker, and since when."""

from datetime import UTC, datetime

import pytest

from matching.domain.backlog import WaitingWork, encoder_problem, unreadable_counts, waiting_work
from matching.models import Demand, IndexRecord, IndexState, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_embedder")]
EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


def waiting() -> list[WaitingWork]:
    return [work for work in waiting_work() if work.count]


def changed(row: Technology | Demand, at: datetime) -> None:
    type(row).objects.filter(pk=row.pk).update(revision=row.revision + 1, updated_at=at)


def test_nothing_waits_after_a_sweep() -> None:
    TechnologyFactory(), DemandFactory()
    sweep()
    assert {(work.count, work.oldest_at) for work in waiting_work()} == {(0, None)}


def test_changed_rows_wait_since_the_oldest_change() -> None:
    first, second = TechnologyFactory.create_batch(2)
    demand = DemandFactory()
    sweep()
    changed(first, LATE), changed(second, EARLY), changed(demand, LATE)
    found = {work.code: work for work in waiting()}
    assert found["technology_index"] == WaitingWork("technology_index", 2, EARLY)
    assert found["demand_index"] == WaitingWork("demand_index", 1, LATE)
    assert found["demand_scores"] == WaitingWork("demand_scores", 1, LATE)


def test_scores_are_not_counted_before_there_is_a_space() -> None:
    DemandFactory()
    assert "demand_scores" not in {work.code for work in waiting_work()}


def test_what_could_not_be_indexed_is_counted_by_itself() -> None:
    technology = TechnologyFactory()
    sweep()
    changed(technology, LATE)
    IndexRecord.objects.update(failures=3)
    assert "technology_index" not in {work.code for work in waiting()}
    assert unreadable_counts() == {"technology": 1, "demand": 0, "profile": 0}


def test_encoder_has_no_problem_until_one_is_noted() -> None:
    assert encoder_problem() == ""
    IndexState.objects.update_or_create(defaults={"encoder": "e", "problem": "no memory"})
    assert encoder_problem() == "no memory"
