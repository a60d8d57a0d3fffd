"""The rule by which a need is told that nothing fits."""

from dataclasses import replace

from matching.scoring.answering import nothing_fits
from matching.scoring.weights import FORMULAS

FORMULA = replace(FORMULAS["v3"], least_score=0.3)


def test_one_match_that_is_not_chance_is_enough_to_answer() -> None:
    assert not nothing_fits([0.1, 0.3], FORMULA)
    assert nothing_fits([0.299999, 0.1], FORMULA)
    assert nothing_fits([], FORMULA)
