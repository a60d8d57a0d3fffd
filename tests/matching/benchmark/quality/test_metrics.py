"""The measures agree with hand calculation."""

from math import log2

from matching.benchmark.quality.metrics import compared, intervals, measures, ndcg, refusal_intervals, refusals


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


def test_intervals_hold_the_mean_and_are_the_same_every_time() -> None:
    judgements = {f"q{n}": {"a": 1} for n in range(40)}
    rankings = {f"q{n}": ["a"] if n % 4 else ["b"] for n in range(40)}
    found = intervals(rankings, judgements)
    assert found == intervals(rankings, judgements)
    low, high = found["recall_at_1"]
    assert 0.55 < low < 0.7 < 0.8 < high < 0.95


def test_compared_shows_the_difference_query_by_query() -> None:
    judgements = {f"q{n}": {"a": 1} for n in range(10)}
    ours = {query: ["a"] for query in judgements}
    theirs = {query: ["b", "a"] for query in judgements}
    assert compared(ours, theirs, judgements)["recall_at_1"] == (1.0, 1.0, 1.0)
    assert compared(ours, ours, judgements)["mrr"] == (0.0, 0.0, 0.0)


def test_refusals_are_shares_of_each_kind_of_query() -> None:
    no_answer, answered = {f"n{n}" for n in range(4)}, {f"q{n}" for n in range(10)}
    told = {"n0", "n1", "n2", "q7"}
    assert refusals(told, no_answer, answered) == {"no_answer_right": 0.75, "answered_refused": 0.1}
    assert refusal_intervals(told, no_answer, answered) == {
        "no_answer_right": (0.25, 1.0),
        "answered_refused": (0.0, 0.3),
    }
    assert refusal_intervals((), no_answer, answered) == {
        "no_answer_right": (0.0, 0.0),
        "answered_refused": (0.0, 0.0),
    }
