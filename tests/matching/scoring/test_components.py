"""Each signal: what is worth how much, what is missing and not zero, and the facts behind it."""

from math import exp

import numpy as np
import pytest

from matching.scoring.components import (
    best_two_by_row,
    field,
    meaning,
    meaning_pairs,
    meaning_value,
    passages_met,
    plain_evidence,
    readiness,
    shared_terms,
    similarity,
    terms_value,
    transfer_modes,
    wholes_met,
)
from matching.scoring.types import Columns, Need, Signal
from matching.scoring.weights import FORMULAS, NEUTRAL
from tests.matching.scoring.drawn import random_columns, random_need

V1, V3 = FORMULAS["v1"], FORMULAS["v3"]
LICENCE, JOINT, IMPORT = "licence", "joint_development", "equipment_import"


def columns_with(**changed: object) -> Columns:
    base = random_columns(np.random.default_rng(1), 3)
    return Columns(**{**base.__dict__, **changed})  # type: ignore[arg-type]


def need_with(**changed: object) -> Need:
    return Need(**{**random_need(np.random.default_rng(1)).__dict__, **changed})  # type: ignore[arg-type]


def told(signal: Signal) -> tuple[str, list[float], tuple[str, ...]]:
    return signal.code, signal.values.round(6).tolist(), signal.missing


def rows(*values: list[float]) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_meaning_prefers_the_nearest() -> None:
    columns = columns_with()
    need = need_with(whole=columns.wholes[1], toward={})
    assert int(np.argmax(meaning(need, columns).values)) == 1


def test_meaning_is_of_the_nearest_whole_text_and_the_two_best_met_passages() -> None:
    columns = columns_with(
        wholes=rows([0.6, 0.8], [0.8, 0.6], [0.0, 1.0], [1.0, 0.0]),
        whole_rows=np.array([0, 0, 1, 2]),
        passages=rows([0.6, 0.8], [0.0, 1.0], [0.8, 0.6], [1.0, 0.0]),
        passage_rows=np.array([0, 0, 0, 1]),
        whole_languages=np.array(["ru"] * 4),
        passage_languages=np.array(["ru"] * 4),
    )
    need = need_with(whole=np.array([1.0, 0.0], dtype=np.float32), toward={})
    # Best whole 0.8, passages 0.8 and 0.6; whole 0, its one passage counts twice; without passages the far end.
    met = [0.6 * 0.8 + 0.4 * 0.7, 0.4, 0.6 - 0.4]
    assert told(meaning(need, columns, V3)) == (
        "meaning",
        [pytest.approx(1 / (1 + exp(-(value - 0.28) / 0.1)), abs=1e-5) for value in met],
        ("", "", ""),
    )


def test_each_text_meets_the_need_as_said_in_its_language() -> None:
    columns = columns_with(
        wholes=rows([1.0, 0.0], [1.0, 0.0], [0.0, 1.0]),
        whole_rows=np.array([0, 1, 2]),
        whole_languages=np.array(["ko", "ru", "en"]),
        passages=rows([1.0, 0.0], [1.0, 0.0], [0.0, 1.0]),
        passage_rows=np.array([0, 1, 2]),
        passage_languages=np.array(["ko", "ru", "en"]),
    )
    russian = np.array([0.5, 0.5], dtype=np.float32)
    need = need_with(whole=np.array([1.0, 0.0], dtype=np.float32), toward={"ru": russian})
    assert wholes_met(need, columns).tolist() == [1.0, 0.5, 0.0]
    assert passages_met(need, columns).tolist() == [1.0, 0.5, 0.0]


def test_formula_says_how_much_the_whole_text_counts() -> None:
    one = np.array([1.0])
    assert similarity(one, 0 * one, 0 * one, V1).tolist() == [0.5]
    assert similarity(0 * one, one, 0 * one, V1).tolist() == [0.25]
    assert similarity(one, 0 * one, 0 * one, V3).tolist() == [0.6]
    assert similarity(0 * one, 0 * one, one, V3).tolist() == [0.2]


@pytest.mark.parametrize("formula", [V1, V3])
def test_meaning_counts_half_at_its_middle_and_more_above(formula) -> None:
    found = np.array([formula.meaning_middle + steps * formula.meaning_step for steps in (-1, 0, 1)])
    assert meaning_value(found, formula) == pytest.approx([1 / (1 + exp(1)), 0.5, 1 / (1 + exp(-1))])


def test_terms_count_two_thirds_once_there_are_enough() -> None:
    assert terms_value(np.array([0.0, 6.0]), V1) == pytest.approx([0, 1 - exp(-1)])
    assert terms_value(np.array([8.0, 1e6]), V3) == pytest.approx([1 - exp(-1), 1])


def test_best_two_by_row() -> None:
    similarities = np.array([0.2, 0.9, 0.4, 0.7, 0.1], dtype=np.float32)
    best, second = best_two_by_row(similarities, np.array([0, 0, 2, 0, 0]), 3)
    assert (best.round(2).tolist(), second.round(2).tolist()) == ([0.9, -1.0, 0.4], [0.7, -1.0, 0.4])


def test_best_two_where_the_first_owners_have_none() -> None:
    best, second = best_two_by_row(np.array([0.5, 0.75], dtype=np.float32), np.array([1, 1]), 2)
    assert (best.tolist(), second.tolist()) == ([-1.0, 0.75], [-1.0, 0.5])


def test_best_two_of_nothing_are_at_the_far_end() -> None:
    best, second = best_two_by_row(np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64), 2)
    assert (best.tolist(), second.tolist()) == ([-1.0, -1.0], [-1.0, -1.0])


def test_pairs_are_each_need_passage_with_its_best_partner_three_at_most_best_first() -> None:
    columns = columns_with(
        passages=rows([0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [0.6, 0.8]), passage_rows=np.array([0, 1, 1, 2])
    )
    need = need_with(passages=rows([0.5, 0.0], [0.0, 0.75], [0.25, 0.125], [0.125, 1.0]))
    assert meaning_pairs(need, columns, 1) == [(3, 2, 1.0), (1, 2, 0.75), (0, 1, 0.5)]
    assert meaning_pairs(need, columns, 5) == []
    assert meaning_pairs(need_with(passages=np.zeros((0, 2), dtype=np.float32)), columns, 1) == []


def test_terms_of_other_scripts_are_missing_not_zero() -> None:
    languages = (frozenset(["ru"]), frozenset(["ko", "ru"]), frozenset(["ru"]))
    columns = columns_with(languages=languages, term_weights=np.array([0.0, 0.0, 8.0]))
    assert told(shared_terms(need_with(language="ko", has_terms_for_all=False), columns, V3)) == (
        "shared_terms",
        [NEUTRAL["shared_terms"], 0.0, round(1 - exp(-1), 6)],
        ("script", "", ""),
    )
    little = columns_with(languages=(frozenset(["ru"]),) * 3, term_weights=np.array([0.0, 0.5, 8.0]))
    assert shared_terms(need_with(language="ko", has_terms_for_all=False), little).missing == ("script", "", "")
    assert told(shared_terms(need_with(language="ko", has_terms_for_all=True), columns, V3))[1:] == (
        [0.0, 0.0, round(1 - exp(-1), 6)],
        ("", "", ""),
    )


@pytest.mark.parametrize(
    ("need", "values", "missing"),
    [
        ("metals", [1.0, 0.25, 0.5, 0.5], ("", "", "offer", "offer")),
        ("", [0.5] * 4, ("need", "need", "both", "both")),
        # "Other" says no more than nothing.
        ("other", [0.5] * 4, ("need", "need", "both", "both")),
    ],
)
def test_field_is_the_same_or_another_or_not_said(need, values, missing) -> None:
    columns = columns_with(fields=("metals", "it", "", "other"))
    assert told(field(need_with(field=need), columns)) == ("field", values, missing)


@pytest.mark.parametrize(
    ("need", "values", "missing"),
    [
        (6, [1.0, 1.0, 0.75, 0.5, 0.25, 0.0, 0.9], ("", "", "", "", "", "", "offer")),
        (None, [0.9] * 7, (*["need"] * 6, "both")),
    ],
)
def test_readiness_by_the_levels_that_are_missing(need, values, missing) -> None:
    columns = columns_with(trls=(9, 6, 5, 4, 3, 2, None))
    assert told(readiness(need_with(minimum_trl=need), columns)) == ("readiness", values, missing)


def test_until_v3_silence_was_worth_half_of_what_fits() -> None:
    columns = columns_with(trls=(None,), transfer_modes=(frozenset(),), fields=("",))
    need = need_with(field="", minimum_trl=None, transfer_modes=frozenset())
    signals = [part(need, columns, V3) for part in (field, readiness, transfer_modes)]
    assert [signal.values.tolist() for signal in signals] == [[0.5]] * 3


def test_readiness_is_nothing_however_far_away() -> None:
    assert told(readiness(need_with(minimum_trl=9), columns_with(trls=(5, 1))))[1] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("need", "values", "missing"),
    [
        ({LICENCE, JOINT}, [1.0, 0.8, 0.0, 0.8], ("", "", "", "offer")),
        ({LICENCE}, [1.0, 1.0, 0.0, 0.8], ("", "", "", "offer")),
        (set(), [0.8] * 4, ("need", "need", "need", "both")),
    ],
)
def test_modes_by_the_share_of_the_wanted_that_is_offered(need, values, missing) -> None:
    offered = ({LICENCE, JOINT}, {LICENCE}, {IMPORT}, set())
    columns = columns_with(transfer_modes=tuple(map(frozenset, offered)))
    signal = transfer_modes(need_with(transfer_modes=frozenset(need)), columns)
    assert told(signal) == ("transfer_modes", values, missing)


def test_evidence_names_the_facts_of_both_sides() -> None:
    columns = columns_with(
        fields=("it", "metals", ""), trls=(1, 5, None), transfer_modes=(frozenset(), frozenset({IMPORT, JOINT}), None)
    )
    need = need_with(field="bio", minimum_trl=7, transfer_modes=frozenset({LICENCE, JOINT}))
    assert plain_evidence(need, columns, 1) == {
        "field": {"need": "bio", "offer": "metals"},
        "readiness": {"wanted": 7, "offered": 5},
        "transfer_modes": {"need": [JOINT, LICENCE], "offer": [IMPORT, JOINT], "shared": [JOINT]},
    }
