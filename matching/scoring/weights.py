"""Weights and formulas by version: v1 stays when v2 arrives, so that an old score can be computed again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import fsum
from typing import Self, cast
from zlib import crc32

import numpy as np

from matching.scoring.language.notions import PREFIX
from matching.scoring.types import Vectors, Weights

WEIGHTS: dict[str, Weights] = {
    "v1": {
        "meaning": 0.60,
        "shared_terms": 0.10,
        "field": 0.10,
        "readiness": 0.10,
        "transfer_modes": 0.10,
    },
    "v2": {
        "meaning": 0.46,
        "shared_terms": 0.30,
        "field": 0.08,
        "readiness": 0.08,
        "transfer_modes": 0.08,
    },
    "v3": {
        "meaning": 0.52,
        "shared_terms": 0.24,
        "field": 0.08,
        "readiness": 0.08,
        "transfer_modes": 0.08,
    },
    # So much for facts as they say about what fits: a wish that is not met halves the chances, not more.
    "v4": {
        "meaning": 0.57,
        "shared_terms": 0.26,
        "field": 0.08,
        "readiness": 0.05,
        "transfer_modes": 0.04,
    },
}


@dataclass(frozen=True)
class Shares:
    """What a need itself, its mix and its names count towards texts of another language: see pseudo_translation.py."""

    own: float
    mix: float
    names: float

    def joined(self, own: Vectors, mix: Vectors, names: Vectors) -> Vectors:
        """Placed vectors → their sum, not brought to length 1: where the three disagree, it says less."""
        return cast(Vectors, (self.own * own + self.mix * mix + self.names * names).astype(np.float32))


# What a part is worth where there is nothing to compare: see docs/scoring.md.
NEUTRAL: dict[str, float] = {
    "meaning": 0.0,
    "shared_terms": 0.3,
    "field": 0.5,
    "readiness": 0.5,
    "transfer_modes": 0.5,
}
# Until v3 a wish that is met counted for the subject: facts that all fit lifted a pair of chance by 0.12, as much as
# three steps of the share that fits. Now what is usual is worth about as much as silence; what is not met counts.
NEUTRAL_WHERE_MET = NEUTRAL | {"readiness": 0.9, "transfer_modes": 0.8}


@dataclass(frozen=True)
class Formula:
    """How similarities and shared terms become values from 0 to 1.

    `whole_share` of the similarity is that of the whole texts, the rest that of the two best-met
    passages; at `meaning_middle` the meaning counts half, `meaning_step` says how steeply it
    rises; at `terms_enough` shared terms count about two thirds. Below `least_score` a pair is chance
    and is not listed.
    """

    whole_share: float
    meaning_middle: float
    meaning_step: float
    terms_enough: float
    # Of the matches listed with a score of `fit_middle` half fit; the step says how steeply that share rises there.
    fit_middle: float
    fit_step: float
    # Whether notions of the list of terms count among the shared terms.
    knows_notions: bool
    least_score: float = 0.40
    # What a part is worth where there is nothing to compare.
    neutral: Mapping[str, float] = field(default_factory=lambda: NEUTRAL)
    # None: a need meets texts of every language as it stands.
    shares: Shares | None = None


FORMULAS: dict[str, Formula] = {
    "v1": Formula(0.5, 0.18, 0.06, 6.0, 0.64, 0.074, knows_notions=False),
    "v2": Formula(0.6, 0.16, 0.08, 8.0, 0.58, 0.062, knows_notions=True),
    # Closeness goes on counting where v2 took everything for equally close: short texts that say the same.
    "v3": Formula(0.6, 0.28, 0.10, 8.0, 0.425, 0.046, knows_notions=True, least_score=0.30),
    # The need meets texts of other languages with the names of its notions in theirs.
    "v4": Formula(
        *(0.9, 0.32, 0.14, 20.0, 0.389, 0.036),
        knows_notions=True,
        least_score=0.25,
        neutral=NEUTRAL_WHERE_MET,
        shares=Shares(0.4, 0.4, 0.2),
    ),
}
CURRENT = "v4"
# What a company may say about a part of its demand's scores: it counts half, or twice.
EMPHASIS: dict[str, float] = {"less": 0.5, "more": 2.0}


@dataclass(frozen=True)
class Scorer:
    """What makes a score of signals: one version's weights and the formula its values come from."""

    name: str
    formula_name: str
    weights: Weights

    @property
    def formula(self) -> Formula:
        return FORMULAS[self.formula_name]

    @property
    def listing(self) -> Weights:
        """By which a pair is told from chance: the formula's own. Others only put the list in another order.

        Decisions are about pairs that were listed; about all the others they say nothing.
        """
        return WEIGHTS[self.formula_name]

    def knows(self, lexeme: str) -> bool:
        return self.formula.knows_notions or not lexeme.startswith(PREFIX)


# The versions that come with the code; people may add others.
SCORERS = {name: Scorer(name, name, table) for name, table in WEIGHTS.items()}


def numbers_in(name: str) -> tuple[int, ...]:
    """v2 < v2.1 < v2.10 < v3."""
    return tuple(int(number) for number in name.removeprefix("v").split("."))


# Names of models may have a plus of their own, but what follows that has the hyphen before the space.
_MARK = re.compile(r"\+[^-+]*$")


@dataclass(frozen=True)
class ScorerStamp:
    """What a stored score was made with, as its `scorer_version` says it: `v3-use-0.2.1/i1.5bc0f2-9a1b2c3d+p00c0ffee`.

    The name of the scorer, the index and the space that the texts were compared in, and the mark of the preferences
    that bent the weights, if there were any. Rows without a score have an empty one.
    """

    scorer: str
    index: str
    space: str
    mark: str = ""

    @classmethod
    def read(cls, scorer_version: str) -> Self:
        mark = found.group() if (found := _MARK.search(scorer_version)) else ""
        # Names of scorers and of spaces have no hyphen, those of indexes may.
        scorer, _, rest = scorer_version.removesuffix(mark).partition("-")
        index, _, space = rest.rpartition("-")
        return cls(scorer, index, space, mark)

    @property
    def formula(self) -> Formula | None:
        """That of the values behind the score; None where the code no longer has it. v3.2 has v3's."""
        return FORMULAS.get(self.scorer.split(".")[0])

    def __str__(self) -> str:
        return "-".join(filter(None, (self.scorer, self.index, self.space))) + self.mark

    def bent_by(self, preferences: Mapping[str, str]) -> Self:
        return replace(self, mark=preferences_mark(preferences))


def weights_for(preferences: Mapping[str, str], table: Weights) -> Weights:
    """A version's table as a demand's preferences bend it; it adds up to the same as before."""
    if not preferences:
        return table
    bent = {code: weight * EMPHASIS.get(preferences.get(code, ""), 1.0) for code, weight in table.items()}
    scale = fsum(table.values()) / fsum(bent.values())
    return {code: weight * scale for code, weight in bent.items()}


def preferences_mark(preferences: Mapping[str, str]) -> str:
    """What a scorer version ends in where preferences bent its weights."""
    if not preferences:
        return ""
    told = ",".join(f"{code}={emphasis}" for code, emphasis in sorted(preferences.items()))
    return f"+p{crc32(told.encode()):08x}"
