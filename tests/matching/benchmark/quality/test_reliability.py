"""Small cases counted by hand."""

from dataclasses import replace

import pytest

from matching.benchmark.quality.reliability import listed_pairs, reliability
from matching.scoring.scale import share_that_fits
from matching.scoring.weights import FORMULAS

FORMULA = replace(FORMULAS["v4"], least_score=0.3)


def test_only_what_is_listed_for_queries_of_a_kind_counts() -> None:
    scored = {
        "q": [("fits", 0.5), ("related", 0.4), ("unseen", 0.3), ("chance", 0.29)],
        "none": [("unseen", 0.35)],
        "not judged": [("fits", 0.9)],
    }
    pairs = listed_pairs(scored, {"q": {"fits": 2, "related": 1}}, {"none"}, FORMULA)
    expected = [(0.5, True), (0.4, True), (0.3, False), (0.35, False)]
    assert pairs == [(share_that_fits(score, FORMULA), fits) for score, fits in expected]


def test_error_is_the_mean_distance_of_what_was_told_and_what_fits() -> None:
    pairs = [(0.12, False), (0.18, True), (0.85, True), (0.85, True), (0.97, True), (1.0, False)]
    assert reliability(pairs) == {
        "calibration_error": pytest.approx((2 * 0.35 + 2 * 0.15 + 2 * 0.485) / 6, abs=1e-4),
        "listed_matches": 6,
        "by_points": [
            {"from": 10, "matches": 2, "told": 0.15, "fit": 0.5},
            {"from": 80, "matches": 2, "told": 0.85, "fit": 1.0},
            {"from": 90, "matches": 2, "told": 0.985, "fit": 0.5},
        ],
    }


def test_nothing_listed_has_no_error() -> None:
    assert reliability([]) == {"calibration_error": 0.0, "listed_matches": 0, "by_points": []}
