"""Needs said again in other languages: encoded once, kept as long as their words are the same."""

import numpy as np
import pytest

from matching.domain.index.indexing import index_demands, index_encoder, need_parts
from matching.domain.index.translations import translated_texts, translations_of
from matching.domain.texts.indexed_texts import ReadableStretch, text_hash
from matching.enums import Audience
from matching.models import Demand, IndexRecord, PseudoTranslation
from tests.factories.demand import DemandFactory
from tests.matching.fake_embedder import FakeEmbedder

NEED = "알루미늄 부품 도금이 벗겨집니다"


def stretch(text: str) -> ReadableStretch:
    return ReadableStretch("ko", Audience.PUBLIC, text)


def test_all_that_a_need_says_is_translated_together() -> None:
    both = translated_texts([stretch("알루미늄 부품"), stretch("도금이 벗겨집니다")])
    assert {each.language: each.mix.splitlines()[:2] for each in both} == {
        "ru": ["알루미늄 부품", "도금이 벗겨집니다"],
        "en": ["알루미늄 부품", "도금이 벗겨집니다"],
    }
    assert translated_texts([]) == translated_texts([stretch("안녕하십니까")]) == []


def indexed() -> dict[str, PseudoTranslation]:
    demand = Demand.objects.get()
    index_demands(demand_ids=[demand.pk])
    record = IndexRecord.objects.get(demand=demand)
    return {row.language: row for row in record.pseudo_translations.all()}


@pytest.mark.django_db
def test_demand_is_indexed_with_the_vectors_of_both_texts(fake_embedder: FakeEmbedder) -> None:
    DemandFactory(title=NEED, problem="더 나은 방법을 찾습니다")
    stored = indexed()
    assert sorted(stored) == ["en", "ru"]
    for said in translated_texts(need_parts(Demand.objects.get())):
        row = stored[said.language]
        mix, names = fake_embedder.encode_wholes([said.mix, said.names])
        assert row.text_hash == text_hash(said.mix)
        assert np.allclose(row.mix, mix, atol=1e-3)
        assert np.allclose(row.names, names, atol=1e-3)


@pytest.mark.django_db
def test_what_is_known_is_not_encoded_again(fake_embedder: FakeEmbedder) -> None:
    demand = DemandFactory(title=NEED, problem="더 나은 방법을 찾습니다")
    known = indexed()
    said = translated_texts(need_parts(demand))

    def refuse() -> FakeEmbedder:
        raise AssertionError("nothing is new")

    again = translations_of(said, owner={"demand": demand}, encoder=index_encoder(), embedder=refuse)
    assert {row.language: (row.text_hash, row.mix, row.names) for row in again} == {
        language: (row.text_hash, row.mix, row.names) for language, row in known.items()
    }


@pytest.mark.django_db
def test_a_need_that_says_too_little_now_has_no_translation_left(fake_embedder: FakeEmbedder) -> None:
    demand = DemandFactory(title=NEED, problem="더 나은 방법을 찾습니다")
    indexed()
    Demand.objects.filter(pk=demand.pk).update(title="안녕하십니까", problem="반갑습니다", revision=demand.revision + 1)
    assert indexed() == {}
