"""Words of a query: weighed alike whether everything is listed or frequent words are cut short."""

import pytest

from matching.domain.finding import search_words
from matching.domain.finding.search_words import QueryWord, technologies_with_words, words_of
from matching.enums import Audience
from matching.models import Technology
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> list[Technology]:
    titles = [f"Система измерения номер {name}" for name in "абвгде"]
    titles += ["Система лазерной резки", "Лазерная сварка", "Резка труб"]
    made = [
        TechnologyFactory(source_language="ru", text__title=t, text__summary="", text__description="") for t in titles
    ]
    sweep_technologies()
    return made


def find(text: str, within: object = None) -> list[tuple[int, tuple[str, ...]]]:
    found = technologies_with_words(text, audience=Audience.PUBLIC, within=within or Technology.objects.published())
    return [(i, found.terms[i]) for i in sorted(found.shares, key=lambda i: (-found.shares[i], i))]


@pytest.mark.parametrize("query", ["система лазерная", "лазерная система измерения", "система", "резка лазерная"])
def test_words_cut_short_find_the_same_first(
    catalogue: list[Technology], monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    everything = find(query)
    monkeypatch.setattr(search_words, "SMALL_CATALOGUE", 4)
    assert find(query)[:2] == everything[:2]


def test_words_within_a_few_are_found_where_others_have_them_too(
    catalogue: list[Technology], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_words, "SMALL_CATALOGUE", 2)
    monkeypatch.setattr(search_words, "MOST_RANKED", 2)
    last = catalogue[5]
    some = Technology.objects.filter(id__in=[last.id, catalogue[6].id, catalogue[7].id])
    assert find("система", some) == [(last.id, ("система",)), (catalogue[6].id, ("система",))]


def test_share_of_the_words_that_stand_in_a_title(catalogue: list[Technology]) -> None:
    TechnologyFactory(source_language="ru", text__title="Плазма", text__summary="Резка и сварка", text__description="")
    sweep_technologies()
    found = technologies_with_words("сварка", audience=Audience.PUBLIC, within=Technology.objects.published())
    assert sorted(found.in_title.values()) == [0.0, 1.0]


def test_a_word_has_the_notions_of_the_places_where_it_stands() -> None:
    words = words_of("흡착제 zz 흡착제")
    assert [word.text for word in words] == ["흡착제", "zz"]
    assert words[0].notions and words[1] == QueryWord("zz", ("e:zz",))
    assert all(notion.startswith("n:") for notion in words[0].notions)


def test_of_notions_with_one_stem_the_one_whose_word_stands_there_counts() -> None:
    """Bending (гибка) and flexible (гибкий) share a stem; letters alone are no words."""
    assert {word.text: word.notions for word in words_of("гибкий т. е.")} == {"гибкий": ("n:flexible",)}
    assert "n:bending" in words_of("гибка")[0].notions


@pytest.mark.parametrize("state", ["draft", "in_review", "on_hold", "archived"])
def test_how_often_a_word_stands_in_what_is_not_public_changes_no_answer(
    catalogue: list[Technology], monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    """Also in a large catalogue, whose words are not listed among the published ones."""
    monkeypatch.setattr(search_words, "SMALL_CATALOGUE", 4)
    monkeypatch.setattr(search_words, "MOST_HITS", 1)

    def answer() -> object:
        within = Technology.objects.published()
        found = technologies_with_words("система лазерная", audience=Audience.PUBLIC, within=within)
        return dict(found.shares), dict(found.terms)

    before = answer()
    for number in range(4):
        TechnologyFactory(source_language="ru", state=state, text__title=f"Лазерная сварка {number}")
    sweep_technologies()
    assert answer() == before
