"""The fit on decisions whose weights are known."""

from math import exp, log

import numpy as np
import pytest

from matching.scoring.fitting import (
    Decisions,
    LogisticModel,
    auc,
    calibrated,
    fit,
    fitted,
    fold_of,
    held_out,
    log_loss,
    mean_place,
    rounded,
)

CODES = ("meaning", "shared_terms", "readiness")
PRESENT = {"meaning": 0.7, "shared_terms": 0.2, "readiness": 0.1}


def decided(planted: tuple[float, ...], *, needs: int = 60, each: int = 4, seed: int = 1) -> Decisions:
    """Pairs are wanted the more often the higher their score by the planted weights."""
    random = np.random.default_rng(seed)
    values = random.random((needs * each, len(CODES)))
    scores = values @ np.array(planted)
    wanted = random.random(len(scores)) < 1 / (1 + np.exp(-12 * (scores - scores.mean())))
    return Decisions(CODES, values, wanted, np.repeat(np.arange(needs), each))


def test_planted_weights_are_found_again_and_gain_clearly() -> None:
    planted = {"meaning": 0.2, "shared_terms": 0.2, "readiness": 0.6}
    found = fit(decided(tuple(planted.values()), needs=150), PRESENT, folds=5)
    assert found.weights == pytest.approx(planted, abs=0.1)
    assert sum(found.weights.values()) == pytest.approx(1, abs=1e-9)
    assert found.is_gain
    assert found.figures["proposed"]["auc"] > found.figures["present"]["auc"] + 0.1
    assert found.figures["proposed"]["log_loss"] < found.figures["present"]["log_loss"]
    gain, low, high = found.figures["gain"]["auc"]
    assert 0 < low < gain < high


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_decisions_that_the_present_weights_explain_propose_nothing(seed: int) -> None:
    found = fit(decided(tuple(PRESENT.values()), seed=seed), PRESENT, folds=5)
    assert not found.is_gain
    assert found.figures["gain"]["auc"][1] <= 0


def test_decisions_by_chance_propose_nothing() -> None:
    chance = decided((0.0, 0.0, 0.0))
    assert not fit(chance, PRESENT, folds=5).is_gain


def test_the_same_decisions_give_the_same_figures() -> None:
    decisions = decided((0.2, 0.2, 0.6))
    assert fit(decisions, PRESENT, folds=4) == fit(decisions, PRESENT, folds=4)


def test_no_weight_is_negative() -> None:
    """Where a part speaks against, it gets nothing."""
    decisions = decided((1.0, 0.0, -1.0), needs=200)
    found = fitted(decisions, np.array([*PRESENT.values()]))
    assert found.weights.min() == 0.0 == found.weights[2]
    assert found.weights.sum() == pytest.approx(1)


def test_few_decisions_hardly_move_the_weights() -> None:
    present = np.array([*PRESENT.values()])
    few, many = (fitted(decided((0.2, 0.2, 0.6), needs=n), present) for n in (3, 150))
    assert abs(few.weights - present).sum() < 0.2 < 0.6 < abs(many.weights - present).sum()


def test_a_need_is_in_one_fold_and_the_folds_are_alike() -> None:
    needs = np.array([7] * 9 + [3] * 2 + [5] * 2 + [1] * 3 + [8] * 2)
    folds = fold_of(needs, 2)
    assert {need: len(set(folds[needs == need])) for need in (7, 3, 5, 1, 8)} == dict.fromkeys((7, 3, 5, 1, 8), 1)
    assert sorted(np.bincount(folds).tolist()) == [9, 9]


def test_held_out_figures_come_from_models_that_have_not_seen_the_need() -> None:
    decisions, present = decided((0.2, 0.2, 0.6), needs=20), np.array([*PRESENT.values()])
    held = held_out(decisions, present, folds=4)
    folds = fold_of(decisions.needs, 4)
    others, own = decisions.only(folds != 2), decisions.values[folds == 2]
    for name, model in (("present", calibrated(others, present)), ("proposed", fitted(others, present))):
        assert held[name][0, folds == 2] == pytest.approx(model.scores(own))
        assert held[name][1, folds == 2] == pytest.approx(model.chances(own))


def test_auc_by_hand() -> None:
    wanted = np.array([True, False, True, False])
    # Of the four pairs of one wanted and one unwanted: two won, one lost, one equal.
    assert auc(np.array([0.9, 0.5, 0.5, 0.7]), wanted) == (2 + 0.5) / 4
    assert auc(np.array([4.0, 1.0, 3.0, 2.0]), wanted) == 1.0
    assert np.isnan(auc(np.array([1.0, 2.0]), np.array([True, True])))


def test_log_loss_by_hand() -> None:
    assert log_loss(np.array([exp(-1), 0.5]), np.array([True, False])) == pytest.approx((1 + log(2)) / 2)


def test_mean_place_by_hand() -> None:
    decisions = Decisions(
        CODES,
        np.zeros((6, 3)),
        np.array([True, False, False, True, True, False]),
        # The last need has one kind only and does not count.
        np.array([1, 1, 1, 2, 3, 2]),
    )
    # Behind one of three; level with the other one of two.
    assert mean_place(np.array([0.5, 0.9, 0.1, 0.4, 0.1, 0.4]), decisions) == (2 + 1.5) / 2


def test_rounded_weights_sum_to_one() -> None:
    assert rounded(CODES, np.array([1 / 3, 1 / 3, 1 / 3])) == {
        "meaning": 0.3334,
        "shared_terms": 0.3333,
        "readiness": 0.3333,
    }


def test_chances_by_hand() -> None:
    model = LogisticModel(np.array([0.25, 0.75]), 4.0, -2.0)
    values = np.array([[0.0, 0.0], [0.5, 0.5], [1.0, 1.0], [1.0, 0.0]])
    assert model.scores(values).tolist() == [0.0, 0.5, 1.0, 0.25]
    assert model.chances(values) == pytest.approx([1 / (1 + exp(2)), 0.5, 1 / (1 + exp(-2)), 1 / (1 + exp(1))])


def test_only_chosen_decisions_and_how_many_needs_they_are_of() -> None:
    decisions = Decisions(("a",), np.array([[0.1], [0.2], [0.3]]), np.array([True, False, True]), np.array([7, 7, 9]))
    chosen = decisions.only(np.array([True, False, True]))
    assert (len(chosen), chosen.codes, chosen.values.tolist(), chosen.wanted.tolist(), chosen.needs.tolist()) == (
        2,
        ("a",),
        [[0.1], [0.3]],
        [True, True],
        [7, 9],
    )
    assert (decisions.needs_count, chosen.needs_count, decisions.only(np.zeros(3, dtype=bool)).needs_count) == (2, 2, 0)


def test_auc_without_both_kinds_is_no_number() -> None:
    for flag in (True, False):
        assert np.isnan(auc(np.array([1.0, 2.0]), np.array([flag, flag])))


def test_certain_and_wrong_is_bad_but_not_endless() -> None:
    assert log_loss(np.array([0.0]), np.array([True])) == pytest.approx(-log(1e-9))
    assert log_loss(np.array([1.0, 0.0]), np.array([True, False])) == 0.0
