"""When a need is told that nothing fits: one rule, for whoever says it and whoever measures how often it is right."""

from collections.abc import Iterable

from matching.scoring.weights import Formula


def nothing_fits(scores: Iterable[float], formula: Formula) -> bool:
    """`scores`: of the need's best matches, 0 to 1, in any order, by the formula's own weights without preferences."""
    return all(score < formula.least_score for score in scores)
