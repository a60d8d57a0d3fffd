"""Texts → passages, vectors, lexemes; what is stale."""

import pytest
from django.db import connection
from django.db.models import F

from matching.domain.index import indexing
from matching.domain.index.indexing import index_demands, index_encoder, index_technologies, term_id
from matching.domain.texts.indexed_texts import text_hash
from matching.enums import Audience, DisclosureLevel
from matching.models import Demand, IndexRecord, Passage, Technology, WholeText
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.matching.fake_embedder import FakeEmbedder

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def embedder(fake_embedder: FakeEmbedder) -> FakeEmbedder:
    return fake_embedder


def make_technology(**fields: object) -> Technology:
    texts = {
        "title": "Сорбент",
        "summary": "Для очистки воды.",
        "description": "Секрет в пористости.",
        "advantages": "",
        "sought": "",
    }
    return TechnologyFactory(**{f"text__{name}": text for name, text in texts.items()}, **fields)


def passages_of(technology: Technology) -> list[tuple[str, int, int, str]]:
    rows = Passage.objects.filter(record__technology=technology).order_by("language", "audience", "position")
    return list(rows.values_list("language", "audience", "position", "text"))


def wholes_of(technology: Technology) -> dict[tuple[str, int], str]:
    rows = WholeText.objects.filter(record__technology=technology)
    return {(row.language, row.audience): row.text_hash for row in rows}


def test_passages_carry_language_and_audience() -> None:
    technology = make_technology(disclosure=DisclosureLevel.NDA)
    TechnologyTextFactory(
        technology=technology,
        language="en",
        provenance="human",
        title="Sorbent",
        summary="",
        description="",
        advantages="",
        sought="",
    )
    index_technologies(technology_ids=[technology.id])
    assert passages_of(technology) == [
        ("en", Audience.PUBLIC, 1, "Sorbent"),
        ("ru", Audience.PUBLIC, 1, "Сорбент"),
        ("ru", Audience.PUBLIC, 2, "Для очистки воды."),
        ("ru", Audience.NDA, 1, "Секрет в пористости."),
    ]
    assert wholes_of(technology) == {
        ("en", Audience.PUBLIC): text_hash("Sorbent"),
        ("ru", Audience.PUBLIC): text_hash("Сорбент\nДля очистки воды."),
        ("ru", Audience.NDA): text_hash("Сорбент\nДля очистки воды.\nСекрет в пористости."),
    }


def test_lexemes_grow_with_the_audience() -> None:
    technology = make_technology(disclosure=DisclosureLevel.NDA)
    index_technologies(technology_ids=[technology.id])
    is_found = {
        column: IndexRecord.objects.extra(where=[f"{column} @@ '''r:секрет'''::tsquery"]).exists()  # noqa: S610
        for column in ("public_lexemes", "member_lexemes", "full_lexemes")
    }
    assert is_found == {"public_lexemes": False, "member_lexemes": False, "full_lexemes": True}


def test_lexemes_are_kept_as_sorted_numbers_too() -> None:
    technology = make_technology(disclosure=DisclosureLevel.NDA)
    index_technologies(technology_ids=[technology.id])
    record = IndexRecord.objects.extra(select={"lexemes": "tsvector_to_array(member_lexemes)"}).get()  # noqa: S610
    assert (len(record.lexemes) > 3, record.term_ids) == (True, sorted(map(term_id, record.lexemes)))
    assert term_id("r:секрет") == 1606457019


def test_a_title_made_of_the_first_words_is_not_said_twice() -> None:
    technology = make_technology(disclosure=DisclosureLevel.PUBLIC)
    technology.texts.update(title="Секрет в", summary="")
    index_technologies(technology_ids=[technology.id])
    assert passages_of(technology) == [("ru", Audience.PUBLIC, 1, "Секрет в пористости.")]
    assert wholes_of(technology) == {("ru", Audience.PUBLIC): text_hash("Секрет в пористости.")}


def test_only_new_passages_are_encoded(embedder: FakeEmbedder) -> None:
    technology = make_technology()
    index_technologies(technology_ids=[technology.id])
    embedder.encoded.clear()
    technology.texts.update(advantages="Дешевле угля.")
    Technology.objects.update(revision=F("revision") + 1)
    index_technologies(technology_ids=[technology.id])
    assert sorted(embedder.encoded) == [
        "Дешевле угля.",
        "Сорбент\nДля очистки воды.\nСекрет в пористости.\nДешевле угля.",
    ]


def test_what_an_unchanged_language_says_as_a_whole_is_not_encoded_again(embedder: FakeEmbedder) -> None:
    technology = make_technology()
    TechnologyTextFactory(technology=technology, language="en", provenance="human", title="Sorbent")
    index_technologies(technology_ids=[technology.id])
    before = dict(WholeText.objects.values_list("language", "vector"))
    embedder.encoded.clear()
    technology.texts.filter(language="ru").update(title="Уголь")
    index_technologies(technology_ids=[technology.id])
    after = dict(WholeText.objects.values_list("language", "vector"))
    assert (before["en"] == after["en"], before["ru"] == after["ru"]) == (True, False)
    assert all("Sorbent" not in text for text in embedder.encoded)


def test_vectors_lie_in_the_rows_themselves(embedder: FakeEmbedder) -> None:
    """PostgreSQL moves what makes a row longer than 2 KB elsewhere: of these it has to be the text."""
    embedder.dimension = 512
    letters = "".join(chr(0xAC00 + n * n * 7919 % 11_172) for n in range(900))
    words = " ".join(letters[n : n + 18] for n in range(0, 900, 18))
    demand = DemandFactory(problem=words)
    index_demands(demand_ids=[demand.id])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT octet_length(text), pg_column_size(vector), pg_column_toast_chunk_id(vector) IS NULL,"
            " pg_column_toast_chunk_id(text) IS NULL FROM matching_passage WHERE position = 2"
        )
        assert cursor.fetchone() == (len(words.encode()), 1032, True, False)
        cursor.execute("SELECT pg_column_toast_chunk_id(vector) IS NULL FROM matching_wholetext")
        assert cursor.fetchone() == (True,)


def test_a_revision_without_new_text_encodes_nothing(embedder: FakeEmbedder) -> None:
    technology = make_technology()
    index_technologies(technology_ids=[technology.id])
    embedder.encoded.clear()
    Technology.objects.update(revision=7, trl=9)
    index_technologies(technology_ids=[technology.id])
    assert (embedder.encoded, IndexRecord.objects.get().revision) == ([], 7)


def test_stale_are_new_changed_and_of_another_encoder_and_last_what_failed() -> None:
    new, current, changed, other, draft = (make_technology() for _ in range(5))
    for technology in (current, changed, other):
        index_technologies(technology_ids=[technology.id])
    Technology.objects.filter(id=changed.id).update(revision=2)
    Technology.objects.filter(id=draft.id).update(state="draft")
    IndexRecord.objects.filter(technology=other).update(encoder="older")
    encoder = index_encoder()
    indexing.add_missing_records(encoder=encoder)
    assert stale_ids(encoder) == [new.id, changed.id, other.id]
    indexing.note_failure(owner="technology", row_id=new.id, encoder=encoder)
    assert stale_ids(encoder) == [changed.id, other.id, new.id]


def stale_ids(encoder: str) -> list[int]:
    return list(indexing.stale(owner="technology", encoder=encoder).values_list("technology_id", flat=True))


def test_the_text_says_which_language_a_need_is_in() -> None:
    demand = DemandFactory(language="ko", title="Нужен сорбент", problem="Вода грязная.", wanted_result="")
    index_demands(demand_ids=[demand.id])
    assert set(Passage.objects.values_list("language", flat=True)) == {"ru"}


@pytest.mark.parametrize("text", ["😀", "<script>", "x", "가" * 100_000, "\u200b", "12 34"])
def test_any_text_can_be_indexed(text: str) -> None:
    demand = DemandFactory(title="-", problem=text)
    index_demands(demand_ids=[demand.id])
    assert IndexRecord.objects.get(demand=demand).revision == Demand.objects.get().revision
