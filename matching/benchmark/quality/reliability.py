"""Whether scores say what they show: of the matches listed with 80 points about 80 of 100 should fit."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from matching.scoring.scale import share_that_fits
from matching.scoring.weights import Formula

STEPS = 10

# What is shown of a match's score, and whether it fits.
Told = tuple[float, bool]


def listed_pairs(
    scored: Mapping[str, Sequence[tuple[str, float]]],
    judgements: Mapping[str, Mapping[str, int]],
    without_answer: Collection[str],
    formula: Formula,
) -> list[Told]:
    """Query → its documents with raw scores; what nobody has judged does not fit. Queries of no kind are left out."""
    return [
        (share_that_fits(score, formula), judgements.get(query, {}).get(document, 0) > 0)
        for query, found in scored.items()
        if query in judgements or query in without_answer
        for document, score in found
        if score >= formula.least_score
    ]


def reliability(pairs: Iterable[Told]) -> dict[str, Any]:
    """Tenth by tenth what was told and what fits; the calibration error is their mean distance, by matches."""
    table = np.array(list(pairs), dtype=np.float64).reshape(-1, 2)
    steps = np.minimum((table[:, 0] * STEPS).astype(int), STEPS - 1)
    rows = [_row(step, table[steps == step]) for step in np.unique(steps).tolist()]
    error = sum(row["matches"] * abs(row["told"] - row["fit"]) for row in rows) / max(1, len(table))
    return {"calibration_error": round(error, 4), "listed_matches": len(table), "by_points": rows}


def _row(step: int, table: np.ndarray) -> dict[str, Any]:
    told, fit = table.mean(axis=0).tolist()
    return {"from": 100 // STEPS * step, "matches": len(table), "told": round(told, 4), "fit": round(fit, 4)}
