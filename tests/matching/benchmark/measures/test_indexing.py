"""Indexing beside the encoder alone: both encode the same."""

import pytest

from matching.benchmark.measures.indexing import measure
from matching.domain.index.indexing import index_encoder, stale
from matching.enums import TechnologyState
from tests.factories.technology import TechnologyFactory
from tests.matching.fake_embedder import FakeEmbedder
from tests.matching.worker import sweep_technologies

pytestmark = pytest.mark.django_db


def test_both_encode_the_same_texts(fake_embedder: FakeEmbedder) -> None:
    TechnologyFactory.create_batch(2)
    TechnologyFactory(state=TechnologyState.DRAFT, published_at=None)
    sweep_technologies()
    fake_embedder.encoded.clear()
    result = measure(technologies=5, say=lambda text: None)
    half = len(fake_embedder.encoded) // 2
    alone, ours = fake_embedder.encoded[:half], fake_embedder.encoded[half:]
    assert (sorted(alone), result["texts"], result["technologies"]) == (sorted(ours), half, 2)
    assert not stale(owner="technology", encoder=index_encoder()).exists()


def test_no_more_technologies_than_asked_for_are_indexed_anew(fake_embedder: FakeEmbedder) -> None:
    TechnologyFactory.create_batch(3)
    sweep_technologies()
    assert measure(technologies=1, say=lambda text: None)["technologies"] == 1


@pytest.mark.usefixtures("fake_embedder")
def test_an_empty_catalogue_has_no_figures() -> None:
    assert measure(technologies=5, say=lambda text: None) == {
        "technologies": 0,
        "texts": 0,
        "texts_per_second_per_core": None,
        "encoder_alone_texts_per_second": None,
        "share_of_encoder_alone": None,
    }
