"""When a need is told that nothing fits."""

from matching.scoring.answering import nothing_fits
from matching.scoring.scale import Band, least_score_of
from matching.scoring.weights import FORMULAS

FORMULA = FORMULAS["v4"]
LEAST = least_score_of(Band.POSSIBLE, FORMULA)


def test_nothing_fits_where_the_best_is_a_weak_candidate() -> None:
    assert not nothing_fits([0.1, LEAST], FORMULA)
    assert nothing_fits([LEAST - 1e-6, 0.1], FORMULA)
    assert nothing_fits([], FORMULA)
