"""A stored score → what is shown of it: the share that fits among matches listed with such a score.

Scores are stored raw: what orders lists, is compared with limits and is fitted to decisions. Whatever a
person reads has gone through here, by the formula of the score's own scorer version. The map never
falls, so a list in the order of raw scores is in the order of what is shown.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import exp, fsum, log
from typing import Any

from matching.scoring.weights import Formula, ScorerStamp


class Band(StrEnum):
    """How sure a match is, in four steps."""

    STRONG = "strong"
    LIKELY = "likely"
    POSSIBLE = "possible"
    WEAK = "weak"


# From so many points a match is at least that: below the third limit nine of ten and more do not fit.
LEAST_POINTS: Mapping[Band, int] = {Band.STRONG: 75, Band.LIKELY: 40, Band.POSSIBLE: 7, Band.WEAK: 0}


# Of the best as well a few do not fit, and nobody should read 100.
MOST = 0.97


def share_that_fits(score: float, formula: Formula) -> float:
    """0 to MOST, of a raw score; logistic, with the two numbers of the formula."""
    return MOST / (1 + exp(-(score - formula.fit_middle) / formula.fit_step))


def score_with(share: float, formula: Formula) -> float:
    """The raw score at which this share fits, between 0 and MOST exclusive."""
    return formula.fit_middle + formula.fit_step * log(share / (MOST - share))


def shown(score: float, scorer_version: str) -> float:
    """0 to 1, what is shown of a score that this version made; as it is where the code no longer has its formula."""
    formula = ScorerStamp.read(scorer_version).formula
    return share_that_fits(score, formula) if formula and score > 0 else score


def shown_points(score: float, scorer_version: str) -> int:
    """The same out of 100, as it stands beside a match."""
    return round(100 * shown(score, scorer_version))


def band_of(points: int) -> Band:
    return next(band for band, least in LEAST_POINTS.items() if points >= least)


def least_score_of(band: Band, formula: Formula) -> float:
    """The raw score from which matches are shown as at least this: points are rounded, so half a point below."""
    return score_with((LEAST_POINTS[band] - 0.5) / 100, formula)


def shown_parts(
    components: Sequence[Mapping[str, Any]], score: float, scorer_version: str
) -> tuple[list[float], list[float]]:
    """What each part of a score gives of what is shown of it, and what it could give at most there.

    What the parts give is stretched until it sums to what is shown, what they keep back until it sums to the
    rest of 1: a part that gave half of the score gives half of what is shown.
    """
    given = [component["contribution"] for component in components]
    share = shown(score, scorer_version)
    if share == score:
        return given, [component["weight"] for component in components]
    kept_back = [max(0.0, component["weight"] - gave) for component, gave in zip(components, given, strict=True)]
    stretch, rest = _ratio(share, fsum(given)), _ratio(1 - share, fsum(kept_back))
    shown_given = [stretch * gave for gave in given]
    return shown_given, [gave + rest * kept for gave, kept in zip(shown_given, kept_back, strict=True)]


def _ratio(whole: float, parts: float) -> float:
    return whole / parts if parts > 0 else 0.0
