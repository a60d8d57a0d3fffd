"""The space follows the catalogue, but not every small change of it."""

import pytest
from django.db import connection

from matching.domain.index import embedding_spaces
from matching.domain.index.embedding_spaces import current_space, read_ids, refresh_space
from matching.domain.index.indexing import index_encoder, index_technologies
from matching.models import EmbeddingSpace
from tests.factories.technology import TechnologyFactory
from tests.matching.fake_embedder import FakeEmbedder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedder(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding_spaces, "ENOUGH_TEXTS", 3)


def add_technologies(count: int) -> None:
    for _ in range(count):
        index_technologies(technology_ids=[TechnologyFactory().id])


def versions() -> list[str]:
    return list(EmbeddingSpace.objects.values_list("version", flat=True))


def test_an_empty_catalogue_has_a_space_from_the_shipped_sentences() -> None:
    assert current_space(index_encoder()).version == EmbeddingSpace.objects.get().version


def test_a_new_space_only_after_much_growth_and_the_old_one_stays() -> None:
    refresh_space(encoder=index_encoder())
    add_technologies(4)
    grown = refresh_space(encoder=index_encoder())
    add_technologies(1)
    assert refresh_space(encoder=index_encoder()) == grown
    assert (len(versions()), versions()[-1], len(set(versions()))) == (2, grown.version, 2)
    assert current_space(index_encoder()).version == grown.version


def test_spaces_of_two_encoders_do_not_meet() -> None:
    add_technologies(1)
    refresh_space(encoder=index_encoder())
    other = refresh_space(encoder="other")
    assert (other.counts, EmbeddingSpace.objects.filter(encoder=index_encoder()).count()) == ({}, 1)


@pytest.mark.parametrize("ids", [[], [7], [3, 1, 2**40]])
def test_ids_are_read_as_they_were_sent(ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_send(%s::bigint[])", [ids])
        assert read_ids(cursor.fetchone()[0]).tolist() == ids
