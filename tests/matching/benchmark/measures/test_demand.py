"""A new demand: what is measured of it, and what is left of it."""

import pytest

from matching.benchmark.catalogue.texts import Document
from matching.benchmark.measures.demand import _recall, _result, _texts, measure
from matching.models import Demand, Match
from tests.factories.demand import DemandFactory
from tests.factories.technology import TechnologyFactory
from tests.matching.worker import sweep

NEED = "Ищем магнитный сорбент для очистки стоков от никеля."


def test_texts_are_of_needs_where_there_are_any() -> None:
    documents = [Document("offer", "ru", "offer", ("an offer",)), Document("demand", "ru", "need", tuple("abcd"))]
    assert _texts(documents, 2, 1) == [("need", "a\nb\nc\na\nb")] * 2
    assert {title for title, _ in _texts(documents[:1], 2, 1)} == {"offer"}


def test_result_compares_with_encoding_and_both_scans_together() -> None:
    found = _result([2.0, 4.0, 9.0], [0.5, 0.5, 0.5], {"whole": [0.5, 1.0, 1.5], "passage": [0.0, 0.5, 2.0]})
    assert found.pop("bare_is")
    assert found == {
        "demands": 3,
        "median_seconds": 4.0,
        "bare_median_seconds": 2.0,
        "encoding_median_seconds": 0.5,
        "scan_median_seconds": {"whole": 1.0, "passage": 0.5},
        "ratio": 2.0,
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_embedder")
def test_measured_demands_are_taken_away_again() -> None:
    TechnologyFactory(text__title=NEED)
    DemandFactory()
    sweep()
    result = measure([Document("demand", "ru", NEED, (NEED,))], demands=2, seed=1, say=lambda text: None)
    assert (result["demands"], result["recall_at_50"]) == (2, 1.0)
    # Beside the one that was there, the first, which is not measured.
    assert Demand.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("fake_embedder")
def test_recall_counts_what_the_stored_matches_lack() -> None:
    TechnologyFactory.create_batch(2, text__title=NEED)
    demand = DemandFactory(language="ru", title=NEED, problem=NEED)
    sweep()
    full = _recall([demand])
    Match.objects.filter(pk=Match.objects.filter(demand=demand).order_by("pk")[0].pk).delete()
    assert (full, _recall([demand])) == (1.0, 0.5)
