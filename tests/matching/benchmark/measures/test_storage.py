"""What a load takes of disk and memory."""

import pytest

from matching.benchmark.measures import storage
from matching.domain.index import vector_indexes
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("fake_embedder", "indexes_of_near_vectors")
def test_disk_memory_and_indexes_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_indexes, "MANY_TECHNOLOGIES", 1)
    told: list[str] = []
    for _ in range(2):
        TechnologyFactory()
    sweep_technologies()
    assert storage.make_vector_indexes(told.append) > 0
    found = storage.measure(seconds_of_indexes=1.5)
    assert (len(told) >= 6, found["vector_indexes_seconds"]) == (True, 1.5)
    assert {index["recall"] for index in found["vector_indexes"]} == {1.0}
    assert len(found["vector_indexes"]) == 6
    assert found["database_mib"] > 0
    assert found["settings"]["shared_buffers"] == "256MB"
    assert found["server_memory_mib"] is None or found["server_memory_mib"] > 10


@pytest.mark.django_db
def test_a_small_load_has_no_indexes() -> None:
    assert storage.make_vector_indexes(print) == 0.0
