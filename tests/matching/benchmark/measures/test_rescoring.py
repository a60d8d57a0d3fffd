"""What is told of a run of rescoring, and the arithmetic of its peer."""

from datetime import UTC, datetime, timedelta

import pytest

from matching.benchmark.measures.rescoring import _faiss, _phases
from matching.enums import PartStep
from matching.models import Passage, ScoringPart, ScoringRun, WholeText
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def test_a_phase_lasts_from_its_first_part_to_its_last() -> None:
    run = ScoringRun.objects.create(needs=b"", technologies=b"", needs_count=0, technologies_count=0)
    for done_after, seconds in ((4, 3.0), (10, 5.5)):
        done_at = NOON + timedelta(seconds=done_after)
        ScoringPart.objects.create(
            run=run, step=PartStep.COMPARE, first=done_after, last=done_after, seconds=seconds, done_at=done_at
        )
    assert _phases(run, 0.26) == {"begin": 0.3, "compare": 9.0}


@pytest.mark.usefixtures("fake_embedder")
def test_pairs_and_operations_are_of_all_vectors_with_all_needs() -> None:
    pytest.importorskip("faiss", reason="faiss-cpu of the extra “benchmark” is not installed")
    TechnologyFactory.create_batch(3)
    DemandFactory.create_batch(2)
    sweep()
    passages = Passage.objects.filter(record__technology__isnull=False).count()
    wholes = WholeText.objects.filter(record__technology__isnull=False).count()
    found = _faiss()
    assert (found["queries"], found["vectors"]) == (2, {"whole": wholes, "passage": passages})
    assert found["pairs"] == 2 * (wholes + passages)
    # Both encoders that are made here have 32 numbers.
    assert found["operations"] == 2 * 2 * 32 * (wholes + passages)
