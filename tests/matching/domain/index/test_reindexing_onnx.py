"""From the packaged encoder to a model's folder and back, with both as they are: nothing is made up here."""

from pathlib import Path

import pytest

from matching.domain import sweeping
from matching.domain.finding import search
from matching.domain.finding.search import search_technologies
from matching.domain.index import embedding_spaces
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import configured_encoder, index_encoder
from matching.domain.matches.matchmaking import scorer_version
from matching.enums import Audience
from matching.models import IndexRecord, IndexState, Match, Passage, Technology, WholeText
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.listing import list_from
from tests.matching.onnx_models.tiny_model import write_model
from tests.matching.worker import sweep

pytest.importorskip("onnxruntime", reason="needs the extra: pip install -c constraints.txt -e '.[onnx]'")
pytestmark = pytest.mark.django_db


def sizes() -> set[int]:
    """Lengths of all vectors that are stored."""
    return {len(vector) for model in (Passage, WholeText) for vector in model.objects.values_list("vector", flat=True)}


def found_by() -> set[str]:
    within = Technology.objects.published()
    return {hit.found_by for hit in search_technologies(query="сорбент воды", audience=Audience.PUBLIC, within=within)}


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch, settings: object) -> None:
    list_from(monkeypatch, 0.0)
    monkeypatch.setattr(search, "LEAST_MEANING", 0.0)
    monkeypatch.setattr(sweeping, "TECHNOLOGIES_AT_ONCE", 2)
    monkeypatch.setattr(embedding_spaces, "ENOUGH_TEXTS", 1_000)
    settings.EMBEDDER = "use"  # type: ignore[attr-defined]
    for words in ("сорбент никель вода", "лазер резка", "печь сплав"):
        TechnologyFactory(text__title=words, text__summary="", text__description="", text__advantages="")
    DemandFactory(title="сорбент никель", problem="нужен сорбент для воды", wanted_result="")
    sweep()


def test_index_is_made_beside_the_old_one_and_back(settings: object, tmp_path: Path) -> None:
    use = index_encoder()
    settings.EMBEDDER = f"onnx:{write_model(tmp_path / 'tiny-model')}"  # type: ignore[attr-defined]
    onnx = configured_encoder()
    assert (onnx.startswith("onnx:tiny-model-"), sizes(), index_encoder()) == (True, {512}, use)
    # While it is being made the old one answers.
    seen = []
    while index_encoder() == use:
        done = IndexRecord.objects.filter(encoder=onnx, technology__isnull=False, revision__gt=0)
        seen.append((done.count(), found_by()))
        assert sweeping.sweep_technologies() is True
    assert [number for number, _ in seen[:3]] == [0, 2, 3]
    assert all("words" not in kinds for _, kinds in seen)
    sweep()
    assert (index_encoder(), sizes(), IndexState.objects.get().problem) == (onnx, {6}, "")
    assert {*Match.objects.values_list("scorer_version", flat=True)} == {scorer_version(current_space(onnx))}
    assert (Match.objects.count(), found_by() & {"words"}) == (3, set())

    settings.EMBEDDER = "use"  # type: ignore[attr-defined]
    sweeping.sweep_technologies()
    # Its folder is still known: words alone would be a poorer answer.
    assert (index_encoder(), found_by() & {"words"}) == (onnx, set())
    sweep()
    assert (index_encoder(), sizes(), Match.objects.count()) == (use, {512}, 3)
