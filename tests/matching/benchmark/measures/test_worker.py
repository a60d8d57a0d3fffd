"""A process of its own that works until the run has ended."""

from queue import SimpleQueue

import pytest

from matching.benchmark.measures.worker import work
from matching.domain.runs.scoring_runs import start_run
from matching.enums import RunState
from matching.models import Match, ScoringRun
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_embedder")]


def test_worker_ends_the_run_and_tells_its_memory_once() -> None:
    TechnologyFactory(), DemandFactory(problem="Аморфный металлический провод")
    sweep()
    Match.objects.all().delete()
    run, memory = start_run(anew=True), SimpleQueue()
    work(memory)
    assert ScoringRun.objects.get(pk=run.pk).state == RunState.FINISHED
    assert Match.objects.exists()
    assert (10 < memory.get() < 100_000, memory.empty()) == (True, True)
