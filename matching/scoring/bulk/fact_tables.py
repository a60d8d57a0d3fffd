"""Many needs × many technologies: the small tables that stand for the parts made of facts.

A part that looks only at one fact of each side has few different values: it is asked once for each
pair of facts, and then looked up for every pair of a need and a technology.
"""

import json
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.scoring.components import (
    field,
    plain_evidence,
    readiness,
    shared_terms,
    transfer_modes,
)
from matching.scoring.score import explained
from matching.scoring.types import Columns, Need, Rows, Signal, Values, Weights

Fact = Hashable


@dataclass(frozen=True)
class FactPart:
    """A signal that depends on one fact of the need and one of the technology."""

    code: str
    signal: Any
    of_need: tuple[str, ...]
    of_offer: str


FACT_PARTS = (
    FactPart("field", field, ("field",), "fields"),
    FactPart("readiness", readiness, ("minimum_trl",), "trls"),
    FactPart("transfer_modes", transfer_modes, ("transfer_modes",), "transfer_modes"),
)
# What shared terms are worth where no term is shared: it depends on the scripts of the two texts.
NO_TERMS = FactPart("shared_terms", shared_terms, ("language", "has_terms_for_all"), "languages")
_NOTHING = np.zeros(0, dtype=np.float32)


def need_fact(part: FactPart, need: Need) -> Fact:
    return tuple(getattr(need, name) for name in part.of_need)


def facts_table(part: FactPart, wanted: Sequence[Any], offered: Sequence[Any]) -> Values:
    """The signal's value for each different fact of needs (rows) and of technologies (columns)."""
    columns = columns_with(part, offered)
    return np.array([_asked(part, fact, columns).values for fact in wanted]).reshape(len(wanted), len(offered))


def fact_component(part: FactPart, wanted: Any, offered: Any, weights: Weights) -> tuple[float, str]:
    """One pair of facts as a component of a score: its contribution, and the whole as JSON."""
    columns = columns_with(part, [offered])
    signal = _asked(part, wanted, columns)
    (match,) = explained([signal], weights, columns, [0])
    (component,) = match.components
    facts = plain_evidence(_need_with(part, wanted), columns, 0).get(part.code, {})
    component["evidence"] = {**facts, **component["evidence"]}
    return component["contribution"], json.dumps(component)


def _asked(part: FactPart, wanted: Any, columns: Columns) -> Signal:
    signal: Signal = part.signal(_need_with(part, wanted), columns)
    return signal


def _need_with(part: FactPart, wanted: Any) -> Need:
    facts = {"language": "", **dict(zip(part.of_need, wanted, strict=True))}
    return Need(whole=_NOTHING, passages=_NOTHING.reshape(0, 0), **facts)


def columns_with(part: FactPart, offered: Sequence[Any]) -> Columns:
    """Technologies of which only one fact is known."""
    count, none = len(offered), np.zeros(0, dtype=np.int64)
    facts: dict[str, Any] = {
        "fields": ("",) * count,
        "trls": (None,) * count,
        "transfer_modes": (frozenset(),) * count,
        "languages": (frozenset(),) * count,
        part.of_offer: tuple(offered),
    }
    return Columns(
        ids=np.arange(count),
        wholes=_NOTHING.reshape(0, 0),
        whole_rows=none,
        passages=_NOTHING.reshape(0, 0),
        passage_rows=none,
        passage_ids=none,
        term_weights=np.zeros(count),
        **facts,
    )


def coded(facts: Sequence[Any]) -> tuple[list[Any], Rows]:
    """The different facts, and for each row which of them it has."""
    codes = {fact: code for code, fact in enumerate(dict.fromkeys(facts))}
    return list(codes), np.fromiter((codes[fact] for fact in facts), dtype=np.int64, count=len(facts))
