"""A small load: rows and index as the portal itself would have them."""

from pathlib import Path

import pytest
from django.db import connection

from matching.benchmark.catalogue.load import INDEXES, Loader
from matching.benchmark.catalogue.texts import Document, encode
from matching.domain.index.indexing import index_encoder, stale, term_id
from matching.models import Demand, IndexRecord, Passage, ScoringRecord, Technology, WholeText

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("fake_embedder")]


def documents() -> list[Document]:
    texts = [f"Сорбент номер {n} извлекает никель{n} из стоков." for n in range(12)]
    needs = [f"니켈 흡착제 {n}호를 찾고 있습니다." for n in range(6)]
    return [
        Document("offer", "ru", "Сорбент", tuple(texts[:6])),
        Document("offer", "ru", "Лазер", tuple(texts[6:])),
        Document("demand", "ko", "니켈 흡착제", tuple(needs)),
    ]


@pytest.fixture
def loaded(tmp_path: Path) -> None:
    loader = Loader(encode(documents(), tmp_path, 1, lambda text: None), 1, lambda text: None)
    loader.fill(technologies=30, demands=4)


@pytest.mark.usefixtures("loaded")
def test_load_has_the_size_asked_for_and_nothing_left_to_index() -> None:
    assert (Technology.objects.published().count(), Demand.objects.count()) == (30, 4)
    assert ScoringRecord.objects.filter(demand__isnull=False).count() == 4
    assert [stale(owner=owner, encoder=index_encoder()).count() for owner in ("technology", "demand")] == [0, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = ANY(%s)", [list(INDEXES)])
        assert cursor.fetchone() == (3,)


@pytest.mark.usefixtures("loaded")
def test_no_reader_is_given_words_of_what_they_may_not_read() -> None:
    for record in IndexRecord.objects.filter(technology__isnull=False):
        public, members, full = (
            set(lexemes_of(record, column)) for column in ("public_lexemes", "member_lexemes", "full_lexemes")
        )
        assert public <= members <= full
        assert record.term_ids == sorted(map(term_id, members))


def lexemes_of(record: IndexRecord, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tsvector_to_array({column}) FROM matching_indexrecord WHERE id = %s", [record.pk])
        return cursor.fetchone()[0]


@pytest.mark.usefixtures("loaded")
def test_every_text_has_its_vectors_in_the_order_of_its_passages() -> None:
    for record in IndexRecord.objects.all():
        audiences = set(WholeText.objects.filter(record=record).values_list("audience", flat=True))
        for audience in audiences:
            places = Passage.objects.filter(record=record, audience=audience).order_by("position")
            assert [place.position for place in places] == list(range(1, len(places) + 1))
        assert audiences == set(Passage.objects.filter(record=record).values_list("audience", flat=True)) != set()
