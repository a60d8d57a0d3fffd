"""Versions of the scorer, and what a company's preferences make of their weights."""

from math import fsum

import numpy as np
import pytest

from matching.scoring.language.notions import PREFIX
from matching.scoring.weights import (
    CURRENT,
    FORMULAS,
    NEUTRAL,
    SCORERS,
    WEIGHTS,
    Scorer,
    ScorerStamp,
    Shares,
    numbers_in,
    preferences_mark,
    weights_for,
)


@pytest.mark.parametrize("version", WEIGHTS)
def test_weights_of_a_version_sum_to_one_and_have_a_neutral_value_each(version: str) -> None:
    assert fsum(WEIGHTS[version].values()) == pytest.approx(1)
    assert WEIGHTS[version].keys() == NEUTRAL.keys()


def test_versions_that_scored_before_score_the_same_for_ever() -> None:
    """Stored scores are explained by these figures: a new version gets a name of its own."""
    assert WEIGHTS == {
        "v1": {"meaning": 0.6, "shared_terms": 0.1, "field": 0.1, "readiness": 0.1, "transfer_modes": 0.1},
        "v2": {"meaning": 0.46, "shared_terms": 0.3, "field": 0.08, "readiness": 0.08, "transfer_modes": 0.08},
        "v3": {"meaning": 0.52, "shared_terms": 0.24, "field": 0.08, "readiness": 0.08, "transfer_modes": 0.08},
        "v4": {"meaning": 0.57, "shared_terms": 0.26, "field": 0.08, "readiness": 0.05, "transfer_modes": 0.04},
    }
    assert {
        name: (f.whole_share, f.meaning_middle, f.meaning_step, f.terms_enough, f.knows_notions, f.least_score)
        for name, f in FORMULAS.items()
    } == {
        "v1": (0.5, 0.18, 0.06, 6.0, False, 0.4),
        "v2": (0.6, 0.16, 0.08, 8.0, True, 0.4),
        "v3": (0.6, 0.28, 0.1, 8.0, True, 0.3),
        "v4": (0.9, 0.32, 0.14, 20.0, True, 0.25),
    }
    # Other numbers of the map would show stored scores as something else; fitted anew, they belong to a new version.
    assert {name: (f.fit_middle, f.fit_step) for name, f in FORMULAS.items()} == {
        "v1": (0.64, 0.074),
        "v2": (0.58, 0.062),
        "v3": (0.425, 0.046),
        "v4": (0.389, 0.036),
    }
    assert {name: f.shares for name, f in FORMULAS.items()} == {
        "v1": None,
        "v2": None,
        "v3": None,
        "v4": Shares(0.4, 0.4, 0.2),
    }
    assert NEUTRAL == {"meaning": 0.0, "shared_terms": 0.3, "field": 0.5, "readiness": 0.5, "transfer_modes": 0.5}
    assert {name: f.neutral for name, f in FORMULAS.items()} == {
        **dict.fromkeys(("v1", "v2", "v3"), NEUTRAL),
        "v4": NEUTRAL | {"readiness": 0.9, "transfer_modes": 0.8},
    }
    assert CURRENT == "v4"


def test_shares_add_up_what_a_need_is_in_another_language_without_bringing_it_to_length_1() -> None:
    own, mix, names = np.eye(3, dtype=np.float32)
    joined = Shares(0.5, 0.25, 0.25).joined(own, mix, names)
    assert (joined.tolist(), joined.dtype) == ([0.5, 0.25, 0.25], np.float32)


def test_every_version_is_a_scorer_by_its_own_formula() -> None:
    assert {name: (s.name, s.formula, s.weights, s.listing) for name, s in SCORERS.items()} == {
        name: (name, FORMULAS[name], WEIGHTS[name], WEIGHTS[name]) for name in WEIGHTS
    }


def test_weights_of_people_order_a_list_that_the_formula_chooses() -> None:
    own = {**WEIGHTS["v2"], "meaning": 0.06, "readiness": 0.48}
    scorer = Scorer("v2.7", "v2", own)
    assert (scorer.formula, scorer.weights, scorer.listing) == (FORMULAS["v2"], own, WEIGHTS["v2"])


def test_first_version_does_not_know_notions() -> None:
    assert {name: (s.knows(f"{PREFIX}sorbent"), s.knows("sorbent")) for name, s in SCORERS.items()} == {
        "v1": (False, True),
        "v2": (True, True),
        "v3": (True, True),
        "v4": (True, True),
    }


@pytest.mark.parametrize(
    ("scorer_version", "read"),
    [
        ("v3-use-0.2.1/i1.5bc0f2-9a1b2c3d", ("v3", "use-0.2.1/i1.5bc0f2", "9a1b2c3d", "")),
        ("v3.12-use-0.2.1/i1.5bc0f2-9a1b2c3d+p00c0ffee", ("v3.12", "use-0.2.1/i1.5bc0f2", "9a1b2c3d", "+p00c0ffee")),
        ("v2-st:a+b/i1.5-9a1b2c3d", ("v2", "st:a+b/i1.5", "9a1b2c3d", "")),
        ("v1+test", ("v1", "", "", "+test")),
        ("v2", ("v2", "", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_a_stamp_is_read_as_it_was_written(scorer_version, read):
    assert ScorerStamp.read(scorer_version) == ScorerStamp(*read)
    assert str(ScorerStamp(*read)) == scorer_version


def test_a_stamp_names_the_formula_of_its_scorer():
    names = ("v3-use/i1.a-9a1b", "v3.12-use/i1.a-9a1b+p00c0ffee", "v1+test", "v30-use/i1.a-9a1b", "")
    assert [ScorerStamp.read(name).formula for name in names] == [
        FORMULAS["v3"],
        FORMULAS["v3"],
        FORMULAS["v1"],
        None,
        None,
    ]


def test_a_stamp_bears_the_mark_of_the_last_preferences_alone():
    preferences = {"meaning": "more"}
    bent = ScorerStamp.read("v3-use/i1.a-9a1b+p00c0ffee").bent_by(preferences)
    assert str(bent) == "v3-use/i1.a-9a1b" + preferences_mark(preferences)
    assert str(bent.bent_by({})) == "v3-use/i1.a-9a1b"


def test_names_of_scorers_are_ordered_by_their_numbers():
    assert sorted(["v3", "v2.10", "v2", "v2.2"], key=numbers_in) == ["v2", "v2.2", "v2.10", "v3"]


def test_preferences_halve_and_double_and_the_weights_still_sum_to_one() -> None:
    usual, bent = WEIGHTS["v1"], weights_for({"meaning": "less", "readiness": "more", "gone": "more"}, WEIGHTS["v1"])
    assert fsum(bent.values()) == pytest.approx(1)
    assert bent == pytest.approx(
        # 0.3 + 0.1 + 0.1 + 0.2 + 0.1, stretched to 1.
        {"meaning": 0.375, "shared_terms": 0.125, "field": 0.125, "readiness": 0.25, "transfer_modes": 0.125}
    )
    assert usual["meaning"] == 0.6


def test_table_that_does_not_sum_to_one_keeps_its_sum() -> None:
    assert weights_for({"a": "more"}, {"a": 1.0, "b": 2.0}) == {"a": 1.5, "b": 1.5}


def test_word_that_is_no_emphasis_changes_nothing() -> None:
    assert weights_for({"meaning": "twice"}, WEIGHTS["v1"]) == pytest.approx(WEIGHTS["v1"])


def test_without_preferences_the_table_is_the_version_itself() -> None:
    assert weights_for({}, WEIGHTS["v1"]) is WEIGHTS["v1"]


def test_mark_tells_preferences_apart_whatever_their_order() -> None:
    one, other = {"field": "more", "meaning": "less"}, {"field": "less", "meaning": "more"}
    assert [preferences_mark(said) for said in ({}, one, dict(reversed(one.items())), other)] == [
        "",
        "+paa98aeb9",
        "+paa98aeb9",
        "+pa6e21547",
    ]
