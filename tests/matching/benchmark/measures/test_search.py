"""Queries of the benchmark, and how much a search finds of what it should."""

import pytest
from django.core.management import CommandError

from matching.benchmark.catalogue.texts import Document
from matching.benchmark.measures import search
from matching.benchmark.measures.search import by_meaning_alone, hybrid, real_queries, recall
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep_technologies

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fake_embedder")]
WORDS = "one two three four five six seven eight"


def test_queries_are_first_words_of_titles_as_many_of_each_language() -> None:
    documents = [Document("offer", language, f"{language} {WORDS}", ()) for language in ("ru", "en", "en", "en")]
    found = real_queries(documents, 40, 1)
    assert found == real_queries(documents, 40, 1) != real_queries(documents, 40, 2)
    assert [query.split()[0] for query in found] == ["en", "ru"] * 20
    assert {len(query.split()) for query in found} == {1, 2, 3, 4, 5, 6}
    assert all(f"{query[:2]} {WORDS}".startswith(query) for query in found)


def test_a_query_is_never_longer_than_the_search_box() -> None:
    assert {len(query) for query in real_queries([Document("offer", "ru", "х" * 300, ())], 3, 1)} == {200}


def test_the_whole_search_and_the_one_by_meaning_find_the_technology() -> None:
    found = TechnologyFactory(text__title="Волоконный лазер")
    TechnologyFactory(text__title="Аморфный провод")
    sweep_technologies()
    assert (hybrid("волоконный лазер")[0], by_meaning_alone("Волоконный лазер")[0]) == (found.pk, found.pk)


def test_recall_is_of_what_is_near_enough_and_none_where_nothing_is() -> None:
    TechnologyFactory(text__title="Волоконный лазер", text__summary="", text__description="")
    sweep_technologies()
    assert recall([]) == {"meaning_recall_at_20": None, "meaning_best_found": None, "recall_queries": 0}
    assert recall(["Волоконный лазер"]) == {
        "meaning_recall_at_20": 1.0,
        "meaning_best_found": 1.0,
        "recall_queries": 1,
    }


@pytest.mark.django_db(transaction=True)
def test_every_query_is_timed_once_and_a_failure_is_told() -> None:
    assert len(search._seconds(len, ["a", "b", "c"], 8)) == 3
    with pytest.raises(CommandError, match=r"A search failed: ZeroDivisionError"):
        search._seconds(lambda query: 1 / 0, ["a", "b"], 1)
