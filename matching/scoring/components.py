"""One function per signal: (need, columns of technologies) → values; evidence for the few that are kept."""

from collections.abc import Callable
from typing import Any, cast

import numpy as np

from matching.scoring.types import Codes, Columns, Need, Rows, Signal, Values, Vector, Vectors
from matching.scoring.weights import CURRENT, FORMULAS, Formula

READINESS_BY_GAP = (1.0, 0.75, 0.5, 0.25)
OTHER_FIELD = 0.25
PAIRS_SHOWN = 3


def meaning(need: Need, columns: Columns, formula: Formula = FORMULAS[CURRENT]) -> Signal:
    """The whole texts and the two best-met passages."""
    whole, _ = best_two_by_row(wholes_met(need, columns), columns.whole_rows, len(columns))
    best, second = best_two_by_row(passages_met(need, columns), columns.passage_rows, len(columns))
    return Signal("meaning", meaning_value(similarity(whole, best, second, formula), formula), ("",) * len(columns))


def wholes_met(need: Need, columns: Columns) -> Vector:
    """Similarity of each whole text to the need as texts of that language meet it."""
    return _met(columns.wholes, columns.whole_languages, need.whole_toward)


def passages_met(need: Need, columns: Columns) -> Vector:
    dimension = columns.passages.shape[1]
    return _met(columns.passages, columns.passage_languages, lambda code: need.probe_toward(code, dimension))


def _met(vectors: Vectors, languages: Codes, toward: Callable[[str], Vector]) -> Vector:
    met = np.zeros(len(vectors), dtype=np.float32)
    for language in np.unique(languages).tolist():
        chosen = languages == language
        met[chosen] = vectors[chosen] @ toward(language)
    return met


def similarity(whole: Values, best: Values, second: Values, formula: Formula = FORMULAS[CURRENT]) -> Values:
    """Of the whole texts and of the two best-met passages, for any number of pairs."""
    return formula.whole_share * whole + (1 - formula.whole_share) * (best + second) / 2


def meaning_value(found: Values, formula: Formula = FORMULAS[CURRENT]) -> Values:
    values: Values = 1 / (1 + np.exp(-(found - formula.meaning_middle) / formula.meaning_step))
    return values


def terms_value(weight: Values, formula: Formula = FORMULAS[CURRENT]) -> Values:
    values: Values = 1 - np.exp(-weight / formula.terms_enough)
    return values


def best_two_by_row(similarities: Vector, rows: Rows, count: int) -> tuple[Values, Values]:
    """Of each owner; the only one counts twice, and an owner without any is at the far end."""
    best, second = np.full(count, -1.0), np.full(count, -1.0)
    order = np.lexsort((-similarities, rows))
    owners, similarities = rows[order], similarities[order]
    is_first = np.diff(owners, prepend=-1) != 0
    best[owners[is_first]] = similarities[is_first]
    second[owners[is_first]] = similarities[is_first]
    is_second = ~is_first & np.append(False, is_first[:-1])
    second[owners[is_second]] = similarities[is_second]
    return best, second


def meaning_pairs(need: Need, columns: Columns, row: int) -> list[tuple[int, int, float]]:
    """(need passage, column passage, similarity): the best partner of each of the need's passages."""
    places = np.flatnonzero(columns.passage_rows == row)
    if not len(places) or not len(need.passages):
        return []
    similarities = need.passages @ columns.passages[places].T
    best = similarities.argmax(axis=1)
    pairs = [(i, int(places[j]), float(similarities[i, j])) for i, j in enumerate(best)]
    return sorted(pairs, key=lambda pair: -pair[2])[:PAIRS_SHOWN]


def shared_terms(need: Need, columns: Columns, formula: Formula = FORMULAS[CURRENT]) -> Signal:
    """Notions, rare words, formulas and abbreviations that both texts have."""
    missing = tuple(
        "" if need.has_terms_for_all or need.language in languages or weight > 0 else "script"
        for languages, weight in zip(columns.languages, columns.term_weights, strict=True)
    )
    values = _with_neutral("shared_terms", terms_value(columns.term_weights, formula), missing, formula)
    return Signal("shared_terms", values, missing)


def field(need: Need, columns: Columns, formula: Formula = FORMULAS[CURRENT]) -> Signal:
    missing = tuple(_absent(need.field not in _UNSAID, offer not in _UNSAID) for offer in columns.fields)
    values = np.array([1.0 if offer == need.field else OTHER_FIELD for offer in columns.fields])
    return Signal("field", _with_neutral("field", values, missing, formula), missing)


_UNSAID = ("", "other")


def readiness(need: Need, columns: Columns, formula: Formula = FORMULAS[CURRENT]) -> Signal:
    missing = tuple(_absent(need.minimum_trl is not None, trl is not None) for trl in columns.trls)
    gaps = [max(0, (need.minimum_trl or 0) - (trl or 0)) for trl in columns.trls]
    values = np.array([READINESS_BY_GAP[gap] if gap < len(READINESS_BY_GAP) else 0.0 for gap in gaps])
    return Signal("readiness", _with_neutral("readiness", values, missing, formula), missing)


def transfer_modes(need: Need, columns: Columns, formula: Formula = FORMULAS[CURRENT]) -> Signal:
    wanted = need.transfer_modes
    missing = tuple(_absent(bool(wanted), bool(offered)) for offered in columns.transfer_modes)
    shares = [len(wanted & offered) / max(1, len(wanted)) for offered in columns.transfer_modes]
    values = np.array([0.6 + 0.4 * share if share else 0.0 for share in shares])
    return Signal("transfer_modes", _with_neutral("transfer_modes", values, missing, formula), missing)


def _absent(need_says: bool, offer_says: bool) -> str:
    if need_says:
        return "" if offer_says else "offer"
    return "need" if offer_says else "both"


def _with_neutral(code: str, values: Values, missing: tuple[str, ...], formula: Formula) -> Values:
    is_missing = np.array([bool(reason) for reason in missing], dtype=bool)
    return cast(Values, np.where(is_missing, formula.neutral[code], values))


def plain_evidence(need: Need, columns: Columns, row: int) -> dict[str, dict[str, Any]]:
    """The facts behind the parts that need no text to be fetched."""
    offered = columns.transfer_modes[row]
    return {
        "field": {"need": need.field, "offer": columns.fields[row]},
        "readiness": {"wanted": need.minimum_trl, "offered": columns.trls[row]},
        "transfer_modes": {
            "need": sorted(need.transfer_modes),
            "offer": sorted(offered),
            "shared": sorted(need.transfer_modes & offered),
        },
    }
