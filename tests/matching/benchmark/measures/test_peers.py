"""The programs we are compared with look at the same vectors and words."""

from pathlib import Path

import numpy as np
import pytest

from matching.benchmark.measures import peers
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.embedding import get_embedder
from matching.enums import LISTS_FOR, TechnologyState
from matching.models import Passage, Technology
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_embedder")]
FEW = {"text__summary": "", "text__description": "", "text__advantages": "", "text__sought": ""}


@pytest.fixture
def technologies() -> list[Technology]:
    made = [TechnologyFactory(text__title=title, **FEW) for title in ("магнитный сорбент", "лазер", "стальной мост")]
    DemandFactory()
    sweep()
    return made


def test_everything_is_every_published_one_in_parts(
    monkeypatch: pytest.MonkeyPatch, technologies: list[Technology]
) -> None:
    monkeypatch.setattr(peers, "TECHNOLOGIES_AT_ONCE", 2)
    Technology.objects.filter(pk=technologies[0].pk).update(state=TechnologyState.DRAFT)
    fourth = TechnologyFactory()
    sweep()
    parts = [columns.ids.tolist() for columns in peers.everything(current_space(index_encoder()), audience=LISTS_FOR)]
    ids = [each.pk for each in technologies]
    assert parts == [ids[1:], [fourth.pk]]


def test_stored_vectors_are_those_of_the_owners_asked_for(
    monkeypatch: pytest.MonkeyPatch, technologies: list[Technology]
) -> None:
    monkeypatch.setattr(peers, "AT_ONCE", 2)
    blocks = [len(block) for block in peers.stored("passage", "technology_id")]
    assert sum(blocks) == Passage.objects.filter(record__technology__in=technologies).count()
    assert max(blocks) == 2
    assert sum(map(len, peers.stored("whole", "demand_id"))) == 1


def test_pgvector_finds_the_nearest_first(technologies: list[Technology]) -> None:
    vector = get_embedder().encode(["лазер"])[0]
    assert peers.pgvector_nearest("passage", vector, 1) == [technologies[1].pk]


def test_faiss_has_every_vector(technologies: list[Technology]) -> None:
    pytest.importorskip("faiss", reason="faiss-cpu of the extra “benchmark” is not installed")
    found = peers.faiss_seconds("whole", np.vstack(list(peers.stored("whole", "demand_id"))))
    assert (found["vectors"], sorted(found)) == (3, ["build", "search", "vectors"])


def test_tantivy_finds_by_the_same_lexemes(tmp_path: Path, technologies: list[Technology]) -> None:
    pytest.importorskip("tantivy", reason="tantivy of the extra “benchmark” is not installed")
    program = peers.Tantivy(tmp_path)
    program.fill()
    first, second, _ = (each.pk for each in technologies)
    assert [program.search(query, 10) for query in ("сорбенты", "laser", "и", "вакцина")] == [[first], [second], [], []]


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "NEEDED", {"json": "json", "no_such_module": "no-such-package"})
    with pytest.raises(peers.CommandError, match=r"^no-such-package not installed: pip install"):
        peers.check()
