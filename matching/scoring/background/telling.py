"""Whether a sentence states a need or tells about the company: logistic regression on its vector.

One number for each of the vector's and a constant. Fitted to the shipped sentences, by any encoder's vectors of them;
the same vectors give the same model.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from matching.scoring.types import Rows, Values, Vectors

Flags = npt.NDArray[np.bool_]

# Tried from 0.1 to 3 on groups that were left out: accuracy 0.961–0.965, best at 0.3 and 1.
RIDGE = 0.3
STEPS = 25
ENOUGH = 1e-9
# Machines differ in the last digits of a sum; what they tell must not.
DIGITS = 5


@dataclass(frozen=True)
class SentenceModel:
    """Chance that a sentence states the need = 1 / (1 + exp(−(vector · factors + constant)))."""

    factors: Values
    constant: float

    def probabilities(self, vectors: Vectors) -> Values:
        """One for each row; ½ for a row of zeros, the vector of what says nothing."""
        has_meaning = np.any(vectors, axis=1)
        told = 1 / (1 + np.exp(-(vectors @ self.factors + self.constant)))
        return cast(Values, np.where(has_meaning, told, 0.5))


def fit(vectors: Vectors, states_need: Flags, ridge: float = RIDGE) -> SentenceModel:
    """The likeliest model, as far as large factors are worth it; the constant is free."""
    # Some encoders put everything close together, so the scale is the sentences' own.
    middle = vectors.mean(axis=0, dtype=np.float64)
    scale = max(float(np.sqrt(((vectors - middle) ** 2).sum(axis=1).mean())), 1e-9)
    design = np.column_stack([(vectors - middle) / scale, np.ones(len(vectors))])
    found = _ascend(design, states_need, np.append(np.full(vectors.shape[1], ridge), 0.0))
    factors = found[:-1] / scale
    constant = float(found[-1] - middle @ factors)
    return SentenceModel(factors.round(DIGITS), round(constant, DIGITS))


def _ascend(design: Values, wanted: Flags, pull: Values) -> Values:
    """Newton's method, from nothing; a step that makes it worse is halved."""
    found = np.zeros(design.shape[1])
    before = _loss(design, wanted, pull, found)
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-(design @ found)))
        curvature = (design * (chances * (1 - chances))[:, None]).T @ design + np.diag(pull + ENOUGH)
        step = np.linalg.solve(curvature, design.T @ (chances - wanted) + pull * found)
        while (after := _loss(design, wanted, pull, found - step)) > before and np.abs(step).max() > ENOUGH:
            step = step / 2
        found, gained, before = found - step, before - after, after
        if gained < ENOUGH:
            break
    return cast(Values, found)


def _loss(design: Values, wanted: Flags, pull: Values, factors: Values) -> float:
    scores = design @ factors
    return float(np.logaddexp(0, np.where(wanted, -scores, scores)).sum() + (pull * factors**2).sum() / 2)


def held_out(vectors: Vectors, states_need: Flags, parts: Rows, ridge: float = RIDGE) -> Values:
    """Of each sentence the probability by a model that has seen no sentence of the same part."""
    found = np.zeros(len(vectors))
    for part in np.unique(parts):
        own = parts == part
        found[own] = fit(vectors[~own], states_need[~own], ridge).probabilities(vectors[own])
    return found
