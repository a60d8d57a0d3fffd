"""One box over three languages, words and meaning."""

import pytest

from matching import embedding
from matching.domain import search, sweeping
from matching.domain.search import search_technologies
from matching.embedding import EncoderUnavailableError
from matching.enums import Audience
from matching.models import Technology
from tests.factories.technology import TechnologyFactory

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
    while sweeping.sweep_technologies():
        pass
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
def test_search_by_meaning_crosses_languages(catalogue: dict[str, Technology], query: str, name: str) -> None:
    hit = find(query)[0]
    assert (hit.technology_id, hit.found_by, hit.terms) == (catalogue[name].id, "meaning", ())


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
    while sweeping.sweep_technologies():
        pass
    assert [hit for hit in find("лазер трением") if "трением" in hit.terms] == []


def test_search_stays_within(catalogue: dict[str, Technology]) -> None:
    within = Technology.objects.filter(id=catalogue["laser"].id)
    hits = search_technologies(query="сорбент лазер", audience=Audience.PUBLIC, within=within)
    assert [hit.technology_id for hit in hits] == [catalogue["laser"].id]
