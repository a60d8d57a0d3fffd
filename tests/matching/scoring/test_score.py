"""Signals, weights and what they add up to."""

from dataclasses import replace
from math import fsum

import numpy as np
import pytest

from matching.scoring.score import combine, contribution, explained, ranking, reweighted, score_of, signals_of
from matching.scoring.types import Columns, MatchScore, Signal
from matching.scoring.weights import WEIGHTS, weights_for
from tests.matching.scoring.drawn import random_columns, random_need


@pytest.mark.parametrize("seed", range(30))
def test_contributions_sum_to_the_score(seed: int) -> None:
    rng = np.random.default_rng(seed)
    need, columns = random_need(rng), random_columns(rng, 40)
    signals = signals_of(need, columns)
    scores = combine(signals, WEIGHTS["v1"])
    rows = ranking(scores, columns, keep=40, minimum=0)
    found = explained(signals, WEIGHTS["v1"], columns, rows)
    assert len(found) == 40
    for match in found:
        assert fsum(part["contribution"] for part in match.components) == match.score
        assert match.score == pytest.approx(scores[match.row], abs=1e-5)
        assert 0 <= match.score <= 1
        assert all(0 <= part["value"] <= 1 for part in match.components)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)


def columns_with(**changed: object) -> Columns:
    base = random_columns(np.random.default_rng(1), 3)
    return Columns(**{**base.__dict__, **changed})  # type: ignore[arg-type]


def test_equal_scores_are_ordered_by_id() -> None:
    columns = columns_with(ids=np.array([30, 10, 20]))
    assert ranking(np.array([0.5, 0.5, 0.7]), columns, keep=3, minimum=0.0) == [2, 1, 0]


def test_a_need_without_facts_is_ranked_by_its_text_alone() -> None:
    need = replace(random_need(np.random.default_rng(1)), field="", minimum_trl=None, transfer_modes=frozenset())
    columns = columns_with(term_weights=np.zeros(3))
    constant = [signal.values for signal in signals_of(need, columns) if signal.code not in ("meaning", "shared_terms")]
    assert all(len(set(values.tolist())) == 1 for values in constant)


@pytest.mark.parametrize("seed", range(10))
def test_reweighted_parts_are_those_of_a_new_scoring(seed: int) -> None:
    rng = np.random.default_rng(seed)
    need, columns = random_need(rng), random_columns(rng, 10)
    signals, weights = signals_of(need, columns), weights_for({"meaning": "less", "field": "more"}, WEIGHTS["v1"])
    rows = list(range(10))
    usual = explained(signals, WEIGHTS["v1"], columns, rows)
    wanted = explained(signals, weights, columns, rows)
    for before, after in zip(usual, wanted, strict=True):
        assert reweighted(before.components, weights) == (after.score, after.components)
        assert reweighted(after.components, WEIGHTS["v1"]) == (before.score, before.components)


def test_of_what_scores_alike_the_least_that_is_listed_is_listed_too() -> None:
    columns = columns_with(ids=np.array([1, 2, 3]))
    assert ranking(np.array([0.3, 0.5, 0.25]), columns, keep=3, minimum=0.3) == [1, 0]
    assert ranking(np.array([0.3, 0.5, 0.25]), columns, keep=1, minimum=0.3) == [1]
    # What differs beyond the sixth digit is level.
    assert ranking(np.array([0.5, 0.5000001, 0.499999]), columns, keep=3, minimum=0.3) == [0, 1, 2]


def test_score_is_the_exact_sum_of_rounded_contributions_and_never_over_one() -> None:
    weights = {"a": 0.3, "b": 0.7}
    assert contribution(0.3, 0.3333333) == 0.1
    assert contribution(0.3, 0.1111119) == 0.033334
    assert score_of({"a": 0.3333333, "b": 0.5}, weights) == fsum([0.1, 0.35])
    assert score_of({"a": 1.0, "b": 1.0}, {"a": 0.300001, "b": 0.7}) == 1.0
    assert score_of({}, weights) == 0.0


def test_explanation_says_of_each_part_what_it_is_worth_and_what_is_missing() -> None:
    signals = [
        Signal("meaning", np.array([0.1, 0.12345645, 0.0]), ("", "", "")),
        Signal("field", np.array([1.0, 0.5, 0.0]), ("", "offer", "")),
    ]
    columns = columns_with(ids=np.array([30, 10, 20]))
    weights = {"meaning": 0.5, "field": 0.25}
    assert combine(signals, weights).tolist() == pytest.approx([0.3, 0.186728225, 0.0])
    meaning = {"code": "meaning", "value": 0.123456, "weight": 0.5, "contribution": 0.061728, "evidence": {}}
    field = {"code": "field", "value": 0.5, "weight": 0.25, "contribution": 0.125, "evidence": {"missing": "offer"}}
    assert explained(signals, weights, columns, [1]) == [MatchScore(10, 1, fsum([0.061728, 0.125]), [meaning, field])]
