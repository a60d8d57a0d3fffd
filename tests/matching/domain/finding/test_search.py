"""One box over three languages, words and meaning."""

import pytest

from matching import embedding
from matching.domain.finding import search
from matching.domain.finding.search import search_technologies
from matching.embedding import EncoderUnavailableError
from matching.enums import Audience
from matching.models import Passage, Technology
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

pytestmark = pytest.mark.django_db

TEXTS = {
    "sorbent": ("ru", "Магнитный сорбент для очистки стоков", "Извлекает ионы никеля из промывных вод."),
    "laser": ("ru", "Волоконный лазер для резки листов", "Узкая линия излучения, мощность 3 кВт."),
    "magnet": ("ko", "희토류 없는 영구자석 소재", "네오디뮴을 쓰지 않고 자기 특성을 높인다."),
    "dairy": ("en", "Probiotic starter culture for yoghurt", "Lactic acid bacteria improve digestion."),
}


@pytest.fixture
def catalogue() -> dict[str, Technology]:
    made = {
        name: TechnologyFactory(
            source_language=language,
            text__title=title,
            text__summary=summary,
            text__description=f"Подробности {name}",
            text__advantages="",
            text__sought="",
        )
        for name, (language, title, summary) in TEXTS.items()
    }
    sweep_technologies()
    return made


def find(query: str, audience: Audience = Audience.PUBLIC) -> list[search.SearchHit]:
    return search_technologies(query=query, audience=audience, within=Technology.objects.published())


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("сорбенты", "sorbent"),  # another form of the word
        ("영구 자석", "magnet"),  # a compound written apart
        ("yoghurt bacteria", "dairy"),
        ("лазе", "laser"),  # still being typed
        ("연구자석", "magnet"),  # one syllable wrong
        ("сорбннт", "sorbent"),  # one letter wrong
        ("네오디뮴 magnet без редкоземельных", "magnet"),  # three scripts at once
    ],
)
def test_search_by_words_finds_first(catalogue: dict[str, Technology], query: str, name: str) -> None:
    hit = find(query)[0]
    assert (hit.technology_id, hit.found_by in ("words", "both")) == (catalogue[name].id, True)


@pytest.mark.parametrize(
    ("query", "name"),
    [("폐수의 니켈을 제거하는 흡착제", "sorbent"), ("요구르트 유산균", "dairy"), ("레이저 절단", "laser")],
)
def test_search_crosses_languages(catalogue: dict[str, Technology], query: str, name: str) -> None:
    hit = find(query)[0]
    assert (hit.technology_id, hit.found_by) == (catalogue[name].id, "both")


def test_a_notion_of_the_query_is_found_in_another_language(catalogue: dict[str, Technology]) -> None:
    hit = find("레이저")[0]
    assert (hit.technology_id, hit.found_by in ("words", "both")) == (catalogue["laser"].id, True)
    assert {"레이저", "лазер", "laser"} <= set(hit.terms)


def test_what_is_found_by_meaning_alone_carries_the_passage_that_met_best(catalogue: dict[str, Technology]) -> None:
    hit = next(hit for hit in find("우유를 발효시키는 균") if hit.found_by == "meaning")
    passage = Passage.objects.get(id=hit.passage_id)
    assert (hit.technology_id, hit.terms, passage.record.technology_id) == (
        catalogue["dairy"].id,
        (),
        catalogue["dairy"].id,
    )


def test_the_passage_that_met_best_is_one_that_the_reader_may_read(catalogue: dict[str, Technology]) -> None:
    secret = TechnologyFactory(
        source_language="en",
        text__title="Cutting tool",
        text__summary="Sharp.",
        text__description="Milk is fermented by lactic bacteria into kefir.",
        text__advantages="",
        text__sought="",
    )
    sweep_technologies()
    read = {audience: audience_of_passage("kefir fermentation of milk", audience, secret) for audience in (0, 1)}
    assert read == {0: set(), 1: {Audience.MEMBERS}}


def audience_of_passage(query: str, audience: int, technology: Technology) -> set[int]:
    """Of the passages it was found by; empty when it was not found by meaning."""
    ids = [hit.passage_id for hit in find(query, Audience(audience)) if hit.technology_id == technology.id]
    return set(Passage.objects.filter(id__in=[i for i in ids if i]).values_list("audience", flat=True))


@pytest.mark.parametrize("query", ["", " ", "\x00", "'", "a' & b | !", ":*", "😀", "л", "x" * 5000, "자" * 3000])
def test_search_answers_any_query(catalogue: dict[str, Technology], query: str) -> None:
    assert find(query) == find(query)


def test_details_are_found_only_by_those_who_may_read_them(catalogue: dict[str, Technology]) -> None:
    found = {audience: [h.technology_id for h in find("подробности", audience) if h.terms] for audience in (0, 1)}
    assert found == {0: [], 1: sorted(technology.id for technology in catalogue.values())}


def test_search_without_encoder_answers_by_words(
    catalogue: dict[str, Technology], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(name: str) -> embedding.Embedder:
        raise EncoderUnavailableError

    monkeypatch.setattr(search, "get_embedder", unavailable)
    assert [(hit.technology_id, hit.found_by) for hit in find("сорбент")] == [(catalogue["sorbent"].id, "words")]


def test_a_whole_word_does_not_find_others_with_its_stem(catalogue: dict[str, Technology]) -> None:
    TechnologyFactory(text__title="Тренажёр оператора", text__summary="", text__description="")
    sweep_technologies()
    assert [hit for hit in find("лазер трением") if "трением" in hit.terms] == []


def test_search_stays_within(catalogue: dict[str, Technology]) -> None:
    within = Technology.objects.filter(id=catalogue["laser"].id)
    hits = search_technologies(query="сорбент лазер", audience=Audience.PUBLIC, within=within)
    assert [hit.technology_id for hit in hits] == [catalogue["laser"].id]


def test_a_query_is_read_as_far_as_the_box_lets_one_type(catalogue: dict[str, Technology]) -> None:
    """Longer ones cost seconds each, and anybody may ask."""
    filler = "ж" * 250
    assert (
        search_technologies(query=f"{filler} сорбент", audience=Audience.PUBLIC, within=Technology.objects.all()) == []
    )
