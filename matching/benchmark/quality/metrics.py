"""Measures of a ranking against judgements, as trec_eval defines them."""

from collections.abc import Collection, Mapping, Sequence
from math import log2

import numpy as np
import numpy.typing as npt

Judgements = Mapping[str, Mapping[str, int]]


Ranked = Mapping[str, Sequence[str]]
RESAMPLES = 2_000


def measures(rankings: Ranked, judgements: Judgements) -> dict[str, float]:
    """Means over the queries that have both a ranking and a relevant document."""
    return {name: round(float(values.mean()), 4) for name, values in _by_query(rankings, judgements).items()}


def intervals(rankings: Ranked, judgements: Judgements) -> dict[str, tuple[float, float]]:
    """Where 95 of 100 means lie when the queries are drawn again, with replacement."""
    return {name: _interval(values) for name, values in _by_query(rankings, judgements).items()}


def compared(product: Ranked, other: Ranked, judgements: Judgements) -> dict[str, tuple[float, float, float]]:
    """Mean difference to another ranking of the same queries, and the interval of that difference."""
    ours, theirs = _by_query(product, judgements), _by_query(other, judgements)
    differences = {name: ours[name] - theirs[name] for name in ours}
    return {name: (round(float(each.mean()), 4), *_interval(each)) for name, each in differences.items()}


def refusals(refused: Collection[str], no_answer: Collection[str], answered: Collection[str]) -> dict[str, float]:
    """Of the queries without and with an answer, each of a kind at least once: what share is told that nothing fits."""
    told = _told(refused, no_answer, answered)
    return {name: round(float(values.mean()), 4) for name, values in told.items()}


def refusal_intervals(
    refused: Collection[str], no_answer: Collection[str], answered: Collection[str]
) -> dict[str, tuple[float, float]]:
    """Where 95 of 100 such shares lie when the queries are drawn again, with replacement."""
    return {name: _interval(values) for name, values in _told(refused, no_answer, answered).items()}


def _told(
    refused: Collection[str], no_answer: Collection[str], answered: Collection[str]
) -> dict[str, npt.NDArray[np.float64]]:
    kinds = {"no_answer_right": no_answer, "answered_refused": answered}
    return {name: np.array([float(query in refused) for query in sorted(queries)]) for name, queries in kinds.items()}


def _by_query(rankings: Ranked, judgements: Judgements) -> dict[str, npt.NDArray[np.float64]]:
    rows = [(rankings[query], grades) for query, grades in judgements.items() if query in rankings]
    table = {
        "ndcg_at_10": [ndcg(ranking, grades, 10) for ranking, grades in rows],
        "recall_at_1": [recall(ranking, grades, 1) for ranking, grades in rows],
        "recall_at_10": [recall(ranking, grades, 10) for ranking, grades in rows],
        "mrr": [reciprocal_rank(ranking, grades) for ranking, grades in rows],
    }
    return {name: np.array(values or [0.0]) for name, values in table.items()}


def _interval(values: npt.NDArray[np.float64]) -> tuple[float, float]:
    drawn = np.random.default_rng(0).integers(0, len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[drawn].mean(axis=1), [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Gain is the grade itself."""
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    gained = _discounted([max(0, grades.get(document, 0)) for document in ranking[:depth]])
    return gained / _discounted(ideal[:depth]) if ideal else 0.0


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def recall(ranking: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / max(1, len(relevant))


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    places = (place for place, document in enumerate(ranking, start=1) if grades.get(document, 0) > 0)
    return 1 / next(places, float("inf"))
