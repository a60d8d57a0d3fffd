"""Weights from decisions: how people decided about pairs whose parts had these values.

A logistic model with weights that are not negative, pulled towards the present ones. What is said
about the result comes from decisions that the weights were not fitted to. Nothing is left to
chance: the same decisions give the same figures.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from matching.scoring.types import Rows, Values, Weights

Flags = npt.NDArray[np.bool_]

# Before a weight moves by 0.1, the decisions must become 1.35 times likelier by it (e to half of this × 0.1²).
PULL = 60.0
# How steeply chances usually rise with the score, before the decisions say it.
USUAL_SCALE = 5.0
LEAST_SCALE = 1.0
STEPS = 1_500
DIGITS = 4
RESAMPLES = 1_000


@dataclass(frozen=True)
class Decisions:
    """Row i of everything is one decision: the values of its pair's parts, whether it was wanted, whose need it was."""

    codes: tuple[str, ...]
    values: Values
    wanted: Flags
    needs: Rows

    def __len__(self) -> int:
        return len(self.wanted)

    def only(self, chosen: Flags) -> "Decisions":
        return Decisions(self.codes, self.values[chosen], self.wanted[chosen], self.needs[chosen])

    @property
    def needs_count(self) -> int:
        return len(np.unique(self.needs))


@dataclass(frozen=True)
class LogisticModel:
    """Chance that a pair is wanted = 1 / (1 + exp(−(scale × score + shift)))."""

    weights: Values
    scale: float
    shift: float

    def scores(self, values: Values) -> Values:
        return values @ self.weights

    def chances(self, values: Values) -> Values:
        return 1 / (1 + np.exp(-(self.scale * self.scores(values) + self.shift)))


@dataclass(frozen=True)
class FittedWeights:
    """What the decisions propose, and what is known about it: everything that people are shown."""

    weights: Weights
    figures: dict[str, Any]

    @property
    def is_gain(self) -> bool:
        """Even the careful end of the interval is above zero."""
        return bool(self.figures["gain"]["auc"][1] > 0)


def fit(decisions: Decisions, present: Weights, *, folds: int) -> FittedWeights:
    """Proposed weights from all decisions; figures from each need's decisions held out in turn."""
    table = np.array([present[code] for code in decisions.codes])
    held = held_out(decisions, table, folds=folds)
    figures = {
        "decisions": len(decisions),
        "wanted": int(decisions.wanted.sum()),
        "needs": decisions.needs_count,
        "folds": folds,
        "present": _figures(decisions, held["present"]),
        "proposed": _figures(decisions, held["proposed"]),
        "gain": _gains(decisions, held),
    }
    return FittedWeights(rounded(decisions.codes, fitted(decisions, table).weights), figures)


def fitted(decisions: Decisions, present: Values) -> LogisticModel:
    """The weights that make these decisions likeliest, as far as leaving the present ones is worth it."""
    before = calibrated(decisions, present)
    parts = _descend(before.scale * decisions.values, decisions.wanted, towards=present)
    total = parts[:-1].sum()
    if total <= 0:
        return before
    return LogisticModel(parts[:-1] / total, before.scale * total, parts[-1])


def calibrated(decisions: Decisions, weights: Values) -> LogisticModel:
    """These weights as they are; only how scores become chances is learnt."""
    scores = USUAL_SCALE * (decisions.values @ weights)
    steepness, shift = _descend(scores[:, None], decisions.wanted, towards=np.ones(1))
    return LogisticModel(weights, max(LEAST_SCALE, USUAL_SCALE * steepness), shift)


def _descend(columns: Values, wanted: Flags, *, towards: Values) -> Values:
    """Accelerated projected descent: one factor per column, none negative, then the constant, which is free."""
    design = np.column_stack([columns, np.ones(len(columns))])
    pull = np.append(np.full(len(towards), PULL), 0.0)
    goal = np.append(towards, 0.0)
    floor = np.append(np.zeros(len(towards)), -np.inf)
    step = 1 / (np.linalg.norm(design, 2) ** 2 / 4 + PULL)
    found, ahead, momentum = goal, goal, 1.0
    for _ in range(STEPS):
        errors = 1 / (1 + np.exp(-(design @ ahead))) - wanted
        nearer = np.maximum(ahead - step * (design.T @ errors + pull * (ahead - goal)), floor)
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = nearer + (momentum - 1) / following * (nearer - found)
        found, momentum = nearer, following
    return cast(Values, found)


def rounded(codes: tuple[str, ...], weights: Values) -> dict[str, float]:
    """With few digits, and still summing to 1: the largest takes the rest."""
    table = {code: round(float(weight), DIGITS) for code, weight in zip(codes, weights, strict=True)}
    largest = max(table, key=lambda code: table[code])
    others = sum(weight for code, weight in table.items() if code != largest)
    return table | {largest: round(1 - others, DIGITS)}


# Held-out figures


def fold_of(needs: Rows, folds: int) -> Rows:
    """All decisions of a need in one fold; the folds as equal in decisions as whole needs allow."""
    names, places, counts = np.unique(needs, return_inverse=True, return_counts=True)
    order = np.lexsort((np.random.default_rng(0).permutation(len(names)), -counts))
    sizes, fold = np.zeros(folds, dtype=np.int64), np.zeros(len(names), dtype=np.int64)
    for name in order:
        fold[name] = sizes.argmin()
        sizes[fold[name]] += counts[name]
    return fold[places]


def held_out(decisions: Decisions, present: Values, *, folds: int) -> dict[str, Values]:
    """For present and proposed weights: row 0 the scores, row 1 the chances, by models that have not seen the need."""
    fold = fold_of(decisions.needs, folds)
    found = {name: np.zeros((2, len(decisions))) for name in ("present", "proposed")}
    for number in np.unique(fold):
        own = fold == number
        seen = decisions.only(~own)
        for name, model in (("present", calibrated(seen, present)), ("proposed", fitted(seen, present))):
            values = decisions.values[own]
            found[name][:, own] = model.scores(values), model.chances(values)
    return found


def _figures(decisions: Decisions, held: Values) -> dict[str, float]:
    return {
        "auc": round(auc(held[0], decisions.wanted), DIGITS),
        "log_loss": round(log_loss(held[1], decisions.wanted), DIGITS),
        "place": round(mean_place(held[0], decisions), DIGITS),
    }


def auc(scores: Values, wanted: Flags) -> float:
    """Of a wanted and an unwanted pair drawn at random: how often the wanted one has the higher score."""
    wanted_count, unwanted_count = int(wanted.sum()), int((~wanted).sum())
    if not wanted_count or not unwanted_count:
        return float("nan")
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    # Equal scores share the mean of their ranks.
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((ranks[wanted].sum() - wanted_count * (wanted_count + 1) / 2) / (wanted_count * unwanted_count))


def log_loss(chances: Values, wanted: Flags) -> float:
    told = np.clip(np.where(wanted, chances, 1 - chances), 1e-9, 1)
    return float(-np.log(told).mean())


def mean_place(scores: Values, decisions: Decisions) -> float:
    """Of the wanted among all decided of their need, where both kinds are; 0 where no need has both."""
    places: list[float] = []
    for need in np.unique(decisions.needs):
        own = decisions.needs == need
        wanted, own_scores = decisions.wanted[own], scores[own]
        if wanted.all() or not wanted.any():
            continue
        for score in own_scores[wanted]:
            places.append(1 + float((own_scores > score).sum()) + (float((own_scores == score).sum()) - 1) / 2)
    return float(np.mean(places)) if places else 0.0


def _gains(decisions: Decisions, held: Mapping[str, Values]) -> dict[str, list[float]]:
    """Gain, and the ends of its interval of 95 %, by drawing the needs anew. More is better for both."""

    def by_auc(rows: Rows) -> float:
        wanted = decisions.wanted[rows]
        return auc(held["proposed"][0, rows], wanted) - auc(held["present"][0, rows], wanted)

    def by_log_loss(rows: Rows) -> float:
        wanted = decisions.wanted[rows]
        return log_loss(held["present"][1, rows], wanted) - log_loss(held["proposed"][1, rows], wanted)

    return {"auc": _interval(decisions, by_auc), "log_loss": _interval(decisions, by_log_loss)}


def _interval(decisions: Decisions, measure: Callable[[Rows], float]) -> list[float]:
    names, places = np.unique(decisions.needs, return_inverse=True)
    rows_of = [np.flatnonzero(places == name) for name in range(len(names))]
    draw = np.random.default_rng(0)
    drawn = [
        measure(np.concatenate([rows_of[name] for name in draw.integers(len(names), size=len(names))]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return [round(float(value), DIGITS) for value in (measure(np.arange(len(decisions))), low, high)]
