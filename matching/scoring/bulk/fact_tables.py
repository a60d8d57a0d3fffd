"""Many needs × many technologies: the small tables that stand for the components made of facts.

A component that looks only at one fact of each side has few different values: it is asked once for each
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
from matching.scoring.weights import CURRENT, FORMULAS, Formula

Fact = Hashable


@dataclass(frozen=True)
class FactComponent:
    """A signal that depends on one fact of the need and one of the technology."""

    code: str
    signal: Any
    of_need: tuple[str, ...]
    of_offer: str


FACT_COMPONENTS = (
    FactComponent("field", field, ("field",), "fields"),
    FactComponent("readiness", readiness, ("minimum_trl",), "trls"),
    FactComponent("transfer_modes", transfer_modes, ("transfer_modes",), "transfer_modes"),
)
# What shared terms are worth where no term is shared: it depends on the scripts of the two texts.
NO_TERMS = FactComponent("shared_terms", shared_terms, ("language", "has_terms_for_all"), "languages")
_NOTHING = np.zeros(0, dtype=np.float32)
_NO_LANGUAGES = np.zeros(0, dtype=np.str_)


def need_fact(component: FactComponent, need: Need) -> Fact:
    return tuple(getattr(need, name) for name in component.of_need)


def facts_table(
    component: FactComponent, wanted: Sequence[Any], offered: Sequence[Any], formula: Formula = FORMULAS[CURRENT]
) -> Values:
    """The signal's value for each different fact of needs (rows) and of technologies (columns)."""
    columns = columns_with(component, offered)
    return np.array([_asked(component, fact, columns, formula).values for fact in wanted]).reshape(
        len(wanted), len(offered)
    )


def fact_component(
    component: FactComponent, wanted: Any, offered: Any, weights: Weights, formula: Formula = FORMULAS[CURRENT]
) -> tuple[float, str]:
    """One pair of facts as a component of a score: its contribution, and the whole as JSON."""
    columns = columns_with(component, [offered])
    signal = _asked(component, wanted, columns, formula)
    (match,) = explained([signal], weights, columns, [0])
    (made,) = match.components
    facts = plain_evidence(_need_with(component, wanted), columns, 0).get(component.code, {})
    made["evidence"] = {**facts, **made["evidence"]}
    return made["contribution"], json.dumps(made)


def _asked(component: FactComponent, wanted: Any, columns: Columns, formula: Formula) -> Signal:
    signal: Signal = component.signal(_need_with(component, wanted), columns, formula)
    return signal


def _need_with(component: FactComponent, wanted: Any) -> Need:
    facts = {"language": "", **dict(zip(component.of_need, wanted, strict=True))}
    return Need(whole=_NOTHING, passages=_NOTHING.reshape(0, 0), **facts)


def columns_with(component: FactComponent, offered: Sequence[Any]) -> Columns:
    """Technologies of which only one fact is known."""
    count, none = len(offered), np.zeros(0, dtype=np.int64)
    facts: dict[str, Any] = {
        "fields": ("",) * count,
        "trls": (None,) * count,
        "transfer_modes": (frozenset(),) * count,
        "languages": (frozenset(),) * count,
        component.of_offer: tuple(offered),
    }
    return Columns(
        ids=np.arange(count),
        wholes=_NOTHING.reshape(0, 0),
        whole_rows=none,
        passages=_NOTHING.reshape(0, 0),
        passage_rows=none,
        passage_ids=none,
        whole_languages=_NO_LANGUAGES,
        passage_languages=_NO_LANGUAGES,
        term_weights=np.zeros(count),
        **facts,
    )


def coded(facts: Sequence[Any]) -> tuple[list[Any], Rows]:
    """The different facts, and for each row which of them it has."""
    codes = {fact: code for code, fact in enumerate(dict.fromkeys(facts))}
    return list(codes), np.fromiter((codes[fact] for fact in facts), dtype=np.int64, count=len(facts))
