"""The measures agree with hand calculation."""

from math import log2

from matching.scoring.metrics import measures, ndcg


def test_ndcg_counts_grades_by_place() -> None:
    gained = 1 + 2 / log2(3)
    assert ndcg(["b", "a", "x"], {"a": 2, "b": 1, "c": 0}, 10) == gained / (2 + 1 / log2(3))


def test_measures_are_means_over_judged_queries() -> None:
    judgements = {"q1": {"a": 2, "b": 1}, "q2": {"c": 1}, "unasked": {"a": 1}}
    assert measures({"q1": ["a", "x", "b"], "q2": ["x", "c"]}, judgements) == {
        "ndcg_at_10": round(((2 + 1 / 2) / (2 + 1 / log2(3)) + 1 / log2(3)) / 2, 4),
        "recall_at_1": 0.25,
        "recall_at_10": 1.0,
        "mrr": 0.75,
    }
