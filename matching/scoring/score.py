"""Signals and weights → scores whose components sum to them."""

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Any

import numpy as np

from matching.scoring.components import field, meaning, readiness, shared_terms, transfer_modes
from matching.scoring.types import Columns, MatchScore, Need, Signal, Values, Weights
from matching.scoring.weights import CURRENT, FORMULAS, Formula

DIGITS = 6


def signals_of(need: Need, columns: Columns, formula: Formula = FORMULAS[CURRENT]) -> list[Signal]:
    return [
        meaning(need, columns, formula),
        shared_terms(need, columns, formula),
        field(need, columns, formula),
        readiness(need, columns, formula),
        transfer_modes(need, columns, formula),
    ]


def combine(signals: Sequence[Signal], weights: Weights) -> Values:
    """The score of every candidate, for ranking."""
    total = np.zeros(len(signals[0].values))
    for signal in signals:
        total += weights[signal.code] * signal.values
    return total


def ranking(scores: Values, columns: Columns, *, keep: int, minimum: float) -> list[int]:
    """Rows of the best, best first; equal scores by technology id."""
    order = np.lexsort((columns.ids, -scores.round(DIGITS)))[:keep]
    return [int(row) for row in order if scores[row] >= minimum]


def contribution(weight: float, value: float) -> float:
    """What a component adds to the score, as it is stored and shown."""
    return round(weight * value, DIGITS)


def score_of(values: Mapping[str, float], weights: Weights) -> float:
    """Stored values of the components, by code → their score: the exact sum of the contributions."""
    return min(1.0, fsum(contribution(weights[code], value) for code, value in values.items()))


def explained(signals: Sequence[Signal], weights: Weights, columns: Columns, rows: Sequence[int]) -> list[MatchScore]:
    """Scores with their components; the score is the exact sum of the contributions it shows."""
    found = []
    for row in rows:
        # From the value as it is stored, so that every number can be had from it again.
        values = {signal.code: round(float(signal.values[row]), DIGITS) for signal in signals}
        components = [
            {
                "code": signal.code,
                "value": values[signal.code],
                "weight": weights[signal.code],
                "contribution": contribution(weights[signal.code], values[signal.code]),
                "evidence": {"missing": signal.missing[row]} if signal.missing[row] else {},
            }
            for signal in signals
        ]
        found.append(MatchScore(int(columns.ids[row]), row, score_of(values, weights), components))
    return found


def reweighted(components: Sequence[dict[str, Any]], weights: Weights) -> tuple[float, list[dict[str, Any]]]:
    """The same components under other weights; the score is again the exact sum of its contributions."""
    counted = [
        {**component, "weight": weight, "contribution": contribution(weight, component["value"])}
        for component in components
        for weight in [weights[component["code"]]]
    ]
    return score_of({component["code"]: component["value"] for component in counted}, weights), counted
