"""Signals, weights and what they add up to."""

from math import fsum

import numpy as np
import pytest

from matching.scoring.components import best_two_by_row, field, meaning, readiness, shared_terms, transfer_modes
from matching.scoring.score import combine, explained, ranking, reweighted, signals_of
from matching.scoring.types import Columns, Need
from matching.scoring.weights import NEUTRAL, WEIGHTS, preferences_mark, weights_for
from tests.matching.scoring.drawn import random_columns, random_need


@pytest.mark.parametrize("version", WEIGHTS)
def test_weights_sum_to_one(version: str) -> None:
    assert fsum(WEIGHTS[version].values()) == pytest.approx(1)


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


def need_with(**changed: object) -> Need:
    return Need(**{**random_need(np.random.default_rng(1)).__dict__, **changed})  # type: ignore[arg-type]


def test_equal_scores_are_ordered_by_id() -> None:
    columns = columns_with(ids=np.array([30, 10, 20]))
    assert ranking(np.array([0.5, 0.5, 0.7]), columns, keep=3, minimum=0.0) == [2, 1, 0]


def test_meaning_prefers_the_nearest() -> None:
    columns = columns_with()
    need = need_with(whole=columns.wholes[1])
    assert int(np.argmax(meaning(need, columns).values)) == 1


def test_best_two_by_row() -> None:
    similarities = np.array([0.2, 0.9, 0.4, 0.7, 0.1], dtype=np.float32)
    best, second = best_two_by_row(similarities, np.array([0, 0, 2, 0, 0]), 3)
    assert (best.round(2).tolist(), second.round(2).tolist()) == ([0.9, -1.0, 0.4], [0.7, -1.0, 0.4])


def test_readiness_by_gap() -> None:
    signal = readiness(need_with(minimum_trl=6), columns_with(trls=(7, 5, None)))
    assert (signal.values.tolist(), signal.missing) == ([1.0, 0.75, NEUTRAL["readiness"]], ("", "", "offer"))


def test_field_of_the_same_and_another_and_none() -> None:
    signal = field(need_with(field="metals"), columns_with(fields=("metals", "it", "")))
    assert (signal.values.tolist(), signal.missing) == ([1.0, 0.25, NEUTRAL["field"]], ("", "", "offer"))


def test_transfer_modes_share() -> None:
    wanted = frozenset(["licence", "joint_development"])
    offered = (wanted, frozenset(["licence"]), frozenset(["equipment_import"]))
    signal = transfer_modes(need_with(transfer_modes=wanted), columns_with(transfer_modes=offered))
    assert signal.values.round(2).tolist() == [1.0, 0.8, 0.0]


def test_terms_of_other_scripts_are_missing_not_zero() -> None:
    languages = (frozenset(["ru"]), frozenset(["ko"]), frozenset(["ru"]))
    columns = columns_with(languages=languages, term_weights=np.array([0.0, 0.0, 8.0]))
    signal = shared_terms(need_with(language="ko", has_terms_for_all=False), columns)
    assert signal.missing == ("script", "", "")
    assert signal.values.round(2).tolist() == [NEUTRAL["shared_terms"], 0.0, 0.63]


def test_a_need_without_facts_is_ranked_by_its_text_alone() -> None:
    need = need_with(field="", minimum_trl=None, transfer_modes=frozenset())
    columns = columns_with(term_weights=np.zeros(3))
    constant = [signal.values for signal in signals_of(need, columns) if signal.code not in ("meaning", "shared_terms")]
    assert all(len(set(values.tolist())) == 1 for values in constant)


def test_preferences_halve_and_double_and_the_weights_still_sum_to_one() -> None:
    usual, bent = WEIGHTS["v1"], weights_for({"meaning": "less", "readiness": "more", "gone": "more"}, WEIGHTS["v1"])
    assert fsum(bent.values()) == pytest.approx(1)
    shares = {code: bent[code] / usual[code] * (bent["field"] / usual["field"]) ** -1 for code in usual}
    assert shares == pytest.approx({"meaning": 0.5, "shared_terms": 1, "field": 1, "readiness": 2, "transfer_modes": 1})


def test_without_preferences_the_table_is_the_version_itself() -> None:
    assert weights_for({}, WEIGHTS["v1"]) is WEIGHTS["v1"]


def test_mark_tells_preferences_apart_whatever_their_order() -> None:
    one, other = {"field": "more", "meaning": "less"}, {"field": "less", "meaning": "more"}
    again = dict(reversed(one.items()))
    assert preferences_mark({}) == ""
    assert (preferences_mark(one) == preferences_mark(again), preferences_mark(one) == preferences_mark(other)) == (
        True,
        False,
    )


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
