"""Measures of a ranking against judgements, as trec_eval defines them."""

from collections.abc import Mapping, Sequence
from math import log2

Judgements = Mapping[str, Mapping[str, int]]


def measures(rankings: Mapping[str, Sequence[str]], judgements: Judgements) -> dict[str, float]:
    """Means over the queries that have both a ranking and a relevant document."""
    rows = [(rankings[query], grades) for query, grades in judgements.items() if query in rankings]
    table = {
        "ndcg_at_10": [ndcg(ranking, grades, 10) for ranking, grades in rows],
        "recall_at_1": [recall(ranking, grades, 1) for ranking, grades in rows],
        "recall_at_10": [recall(ranking, grades, 10) for ranking, grades in rows],
        "mrr": [reciprocal_rank(ranking, grades) for ranking, grades in rows],
    }
    return {name: round(sum(values) / max(1, len(values)), 4) for name, values in table.items()}


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
