"""Decisions about matches → what weights can be fitted to. Reads Feedback only."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.domain.matches.scorers import all_scorers
from matching.enums import DeclineReason, NotRelevantReason, Verdict
from matching.models import Feedback
from matching.scoring.fitting import Decisions
from matching.scoring.weights import Scorer, ScorerStamp

LEAST_DECISIONS = 50
LEAST_OF_EACH = 10
LEAST_NEEDS = 10

# A request that is declined for these was right about the pair; a technology already known fits, too.
OUTSIDE_THE_PAIR = (DeclineReason.HOLDER_UNAVAILABLE, DeclineReason.ALREADY_TAKEN, DeclineReason.EXPORT_CONTROL)
SAYS_NOTHING = (NotRelevantReason.KNOWN,)
CONFIRMS = (Verdict.ACCEPTED, Verdict.INTRODUCED)

Pair = tuple[int | None, int | None, int]


@dataclass(frozen=True)
class DecidedPair:
    """The last word about a pair, and the row whose numbers were seen with it."""

    row: Feedback
    is_wanted: bool


@dataclass(frozen=True)
class DecisionsFound:
    decisions: Decisions
    # Decided, but on numbers of another formula, or on none.
    other_formula_count: int
    without_numbers_count: int

    def missing(self, *, least: int = LEAST_DECISIONS) -> list[tuple[str, int, int]]:
        """What there is too little of: its name, how many there are and how many are needed."""
        wanted = int(self.decisions.wanted.sum())
        counted = [
            ("decisions", len(self.decisions), least),
            ("wanted", wanted, LEAST_OF_EACH),
            ("unwanted", len(self.decisions) - wanted, LEAST_OF_EACH),
            ("needs", self.decisions.needs_count, LEAST_NEEDS),
        ]
        return [(name, count, needed) for name, count, needed in counted if count < needed]


def decisions_for(scorer: Scorer) -> DecisionsFound:
    """One decision for each pair of a need and a technology, made on values that this scorer's weights multiply."""
    formulas = {name: known.formula_name for name, known in all_scorers().items()}
    kept: list[tuple[Pair, DecidedPair]] = []
    left_out: Counter[str] = Counter()
    for pair, decided in sorted(last_words().items(), key=lambda item: item[1].row.pk):
        if not decided.row.components:
            left_out["without_numbers"] += 1
        elif not _is_of(decided.row, scorer, formulas):
            left_out["other_formula"] += 1
        else:
            kept.append((pair, decided))
    return DecisionsFound(
        _as_columns(kept, tuple(scorer.weights)), left_out["other_formula"], left_out["without_numbers"]
    )


def last_words() -> dict[Pair, DecidedPair]:
    """What was said last about each pair: a mark, or how far a request has come. What was taken back is gone."""
    rows = Feedback.objects.exclude(demand=None, profile=None).order_by("pk")
    said: dict[Pair, dict[str, DecidedPair]] = {}
    for row in rows:
        about = said.setdefault((row.demand_id, row.profile_id, row.technology_id), {})
        _hear(about, row)
    return {pair: max(about.values(), key=lambda decided: decided.row.pk) for pair, about in said.items() if about}


def _hear(about: dict[str, DecidedPair], row: Feedback) -> None:
    if row.verdict == Verdict.REQUESTED:
        about["request"] = DecidedPair(row, True)
    elif row.verdict in CONFIRMS:
        # The numbers on which somebody asked for it are those that count.
        about.setdefault("request", DecidedPair(row, True))
    elif row.verdict == Verdict.DECLINED and row.reason not in OUTSIDE_THE_PAIR:
        about["request"] = DecidedPair(row, False)
    elif row.verdict == Verdict.WITHDRAWN:
        about.pop("request", None)
    elif row.verdict == Verdict.PUT_BACK:
        about.pop("mark", None)
    elif row.verdict == Verdict.NOT_RELEVANT and row.reason not in SAYS_NOTHING:
        about["mark"] = DecidedPair(row, False)


def _is_of(row: Feedback, scorer: Scorer, formulas: Mapping[str, str]) -> bool:
    codes = {part["code"] for part in row.components}
    made_by = ScorerStamp.read(row.scorer_version).scorer
    return formulas.get(made_by) == scorer.formula_name and codes == scorer.weights.keys()


def _as_columns(kept: Sequence[tuple[Pair, DecidedPair]], codes: tuple[str, ...]) -> Decisions:
    needs = sorted({(demand or 0, profile or 0) for (demand, profile, _), _ in kept})
    number_of = {need: number for number, need in enumerate(needs)}
    values: list[list[Any]] = []
    for _, decided in kept:
        value_of = {part["code"]: part["value"] for part in decided.row.components}
        values.append([value_of[code] for code in codes])
    return Decisions(
        codes=codes,
        values=np.array(values, dtype=np.float64).reshape(len(kept), len(codes)),
        wanted=np.array([decided.is_wanted for _, decided in kept], dtype=bool),
        needs=np.array([number_of[demand or 0, profile or 0] for (demand, profile, _), _ in kept], dtype=np.int64),
    )
