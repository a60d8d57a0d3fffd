"""Which sentences of a demand count, and what that does to what it is compared by."""

from collections.abc import Sequence

import numpy as np
import pytest

from matching.domain.index import need_reading
from matching.domain.index.indexing import index_demands, index_encoder, index_profiles
from matching.domain.index.need_reading import need_texts, sentences_of
from matching.domain.texts.indexed_texts import text_hash
from matching.models import CompanyProfile, Demand, IndexRecord
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.matching.fake_embedder import FakeEmbedder

ABOUT_US = "당사는 창원에서 밸브를 만드는 회사입니다."
NEED = "티타늄 밸브의 도금이 벗겨지지 않게 하고 싶습니다."
WISH = "레이저 용접 뒤에도 버텨야 합니다."

pytestmark = pytest.mark.django_db


def chances(embedder: object, sentences: Sequence[str]) -> np.ndarray:
    return np.array([0.08 if "당사" in sentence or "인증" in sentence else 0.8 for sentence in sentences])


@pytest.fixture(autouse=True)
def told_by_a_word(fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> FakeEmbedder:
    monkeypatch.setattr(need_reading, "chances_of_need", chances)
    return fake_embedder


def make(problem: str, **fields: object) -> Demand:
    return DemandFactory(**{"title": "", "problem": problem, "wanted_result": "", "state": "draft"} | fields)


def indexed(demand: Demand) -> IndexRecord:
    index_demands(demand_ids=[demand.pk])
    return IndexRecord.objects.get(demand=demand)


def told(demand: Demand) -> list[tuple[str, bool]]:
    return [(row.text, row.is_counted) for row in sentences_of(demand, index_encoder())]


def words_of(record: IndexRecord) -> set[str]:
    record.refresh_from_db()
    return {lexeme.split(":")[1].strip("'") for lexeme in record.full_lexemes.split() if lexeme.startswith("'n:")}


def test_sentences_about_the_company_weigh_little_and_none_of_their_words_counts(fake_embedder: FakeEmbedder) -> None:
    demand = make(f"{ABOUT_US} {NEED} {WISH}")
    record = indexed(demand)
    assert told(demand) == [(ABOUT_US, False), (NEED, True), (WISH, True)]
    vectors = fake_embedder.encode_wholes([ABOUT_US, NEED, WISH])
    assert np.allclose(record.wholes.get().vector, np.array([0.08, 0.8, 0.8]) / 1.68 @ vectors, atol=2e-3)
    assert [passage.text for passage in record.passages.order_by("position")] == [f"{NEED} {WISH}"]
    assert need_texts([demand], index_encoder()) == {(demand.pk, None): f"{NEED}\n{WISH}"}
    alone = indexed(make(f"{NEED} {WISH}"))
    assert words_of(record) == words_of(alone) != set()
    assert [row.text_hash for row in record.pseudo_translations.order_by("language")] == [
        row.text_hash for row in alone.pseudo_translations.order_by("language")
    ]


def test_where_every_sentence_counts_the_text_is_read_as_one(fake_embedder: FakeEmbedder) -> None:
    demand = make(f"{NEED} {WISH}")
    record = indexed(demand)
    assert told(demand) == [(NEED, True), (WISH, True)]
    (whole,) = fake_embedder.encode_wholes([f"{NEED} {WISH}"])
    assert np.allclose(record.wholes.get().vector, whole, atol=1e-3)
    assert need_texts([demand], index_encoder()) == {(demand.pk, None): f"{NEED} {WISH}"}


def test_where_nothing_states_a_need_all_of_it_counts(fake_embedder: FakeEmbedder) -> None:
    demand = make(f"{ABOUT_US} ISO 인증이 있습니다.")
    record = indexed(demand)
    assert [is_counted for _, is_counted in told(demand)] == [True, True]
    assert record.full_lexemes == indexed(make(f"{ABOUT_US} ISO 인증이 있습니다.")).full_lexemes


def test_what_people_say_decides_and_the_vector_follows(fake_embedder: FakeEmbedder) -> None:
    """Also back again, though the words that count then are the same as at first."""
    demand = make(f"{ABOUT_US} {NEED} {WISH}")
    before = indexed(demand).wholes.get().vector
    for choices in ({text_hash(ABOUT_US): True}, {text_hash(ABOUT_US): False}, {}):
        demand.sentence_choices = choices
        demand.revision += 1
        demand.save()
        record = indexed(demand)
        about_us = choices.get(text_hash(ABOUT_US))
        assert told(demand)[0] == (ABOUT_US, bool(about_us))
        if about_us:
            (wanted,) = fake_embedder.encode_wholes([f"{ABOUT_US} {NEED} {WISH}"])
        elif choices:
            wanted = np.array([0, 0.5, 0.5]) @ fake_embedder.encode_wholes([ABOUT_US, NEED, WISH])
        else:
            wanted = before
        assert np.allclose(record.wholes.get().vector, wanted, atol=2e-3)


def test_a_title_made_of_the_first_sentence_is_no_sentence_more() -> None:
    demand = make(f"{ABOUT_US} {NEED}", title=ABOUT_US.rstrip("."))
    indexed(demand)
    assert told(demand) == [(ABOUT_US, False), (NEED, True)]


def test_one_sentence_is_the_need() -> None:
    demand = make(ABOUT_US)
    indexed(demand)
    assert (told(demand), need_texts([demand], index_encoder())) == ([], {(demand.pk, None): ABOUT_US})


def test_a_text_that_is_newer_than_its_index_counts_as_a_whole() -> None:
    demand = make(f"{ABOUT_US} {NEED}")
    indexed(demand)
    demand.revision += 1
    assert (told(demand), need_texts([demand], index_encoder())) == ([], {(demand.pk, None): f"{ABOUT_US} {NEED}"})


def test_a_profile_is_about_the_company_and_all_of_it_counts() -> None:
    profile: CompanyProfile = CompanyProfileFactory(products=ABOUT_US, capabilities=NEED, interests="")
    index_profiles(profile_ids=[profile.pk])
    assert sentences_of(profile, index_encoder()) == []
    assert need_texts([profile], index_encoder()) == {(None, profile.pk): f"{ABOUT_US}\n{NEED}"}
