"""Signals, weights and what they add up to."""

from dataclasses import replace
from math import fsum

import numpy as np
import pytest

from matching.scoring.score import combine, explained, ranking, reweighted, signals_of
from matching.scoring.types import Columns
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
