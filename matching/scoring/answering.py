"""When a need is told that nothing fits: one rule, for whoever says it and whoever measures how often it is right."""

from collections.abc import Iterable

from matching.scoring.scale import Band, least_score_of
from matching.scoring.weights import Formula


def nothing_fits(scores: Iterable[float], formula: Formula) -> bool:
    """`scores`: of the need's best matches, 0 to 1, in any order. What is a weak candidate at best does not fit.

    `worth_reading` in matching/models/match.py says the same in SQL.
    """
    least = least_score_of(Band.POSSIBLE, formula)
    return all(score < least for score in scores)
