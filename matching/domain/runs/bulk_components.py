"""Kept pairs → lists of matches with their components, as the scoring of one need makes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from matching.domain.runs.bulk_needs import NeedRow
from matching.domain.runs.match_lists import ListedMatch
from matching.enums import LISTS_FOR
from matching.models import Technology
from matching.scoring.bulk.fact_tables import FACT_COMPONENTS, NO_TERMS, FactComponent, fact_component, need_fact
from matching.scoring.bulk.pairs import Pairs
from matching.scoring.components import meaning_value, terms_value
from matching.scoring.score import DIGITS
from matching.scoring.types import Need, Rows, Weights
from matching.scoring.weights import Formula, Scorer

NO_ROWS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class OfferFacts:
    fields: str
    trls: int | None
    transfer_modes: frozenset[str]
    languages: frozenset[str]


_LANGUAGES = """
SELECT r.technology_id, array_agg(DISTINCT w.language::text)
  FROM matching_indexrecord r JOIN matching_wholetext w ON w.record_id = r.id
 WHERE r.technology_id = ANY(%s) AND r.encoder = %s AND w.audience <= %s GROUP BY 1
"""


def offer_facts(technology_ids: Iterable[int], *, encoder: str) -> dict[int, OfferFacts]:
    ids = list(technology_ids)
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES, [ids, encoder, LISTS_FOR])
        languages = dict(cursor.fetchall())
    rows = Technology.objects.filter(id__in=ids).values_list("id", "field", "trl", "transfer_modes")
    return {
        row_id: OfferFacts(field, trl, frozenset(modes), frozenset(languages.get(row_id, ())))
        for row_id, field, trl, modes in rows
    }


def best_first(pairs: Pairs, keep: Mapping[int, int]) -> dict[int, Rows]:
    """Need → places of its best pairs, in the order of its list; equal scores by technology."""
    order = np.lexsort((pairs.technologies, -pairs.scores.astype(np.float64).round(DIGITS), pairs.needs))
    needs, starts = np.unique(pairs.needs[order], return_index=True)
    found = np.split(order, starts[1:]) if len(needs) else []
    return {need: own[: keep[need]] for need, own in zip(needs.tolist(), found, strict=True) if need in keep}


class ComponentMaker:
    """Makes the components of pairs; those made of facts alone are made once and used again."""

    def __init__(self, pairs: Pairs, offers: Mapping[int, OfferFacts], formula: Formula) -> None:
        self.offers = offers
        self.formula = formula
        self.technologies = pairs.technologies.tolist()
        self.meanings = _rounded(meaning_value(pairs.similarities.astype(np.float64), formula))
        self.terms = _rounded(terms_value(pairs.term_weights.astype(np.float64), formula))
        self.has_terms = (pairs.term_weights > 0).tolist()
        self._made: dict[Any, tuple[float, str]] = {}

    def listed(self, need: Need, weights: Weights, places: Rows) -> list[ListedMatch]:
        facts = [(component, need_fact(component, need)) for component in FACT_COMPONENTS]
        scripts = need_fact(NO_TERMS, need)
        found = []
        for place in places.tolist():
            offer = self.offers.get(self.technologies[place])
            # Deleted since it was compared.
            if offer is None:
                continue
            made = [_valued("meaning", self.meanings[place], weights["meaning"])]
            if self.has_terms[place]:
                made.append(_valued("shared_terms", self.terms[place], weights["shared_terms"]))
            else:
                made.append(self._fact(NO_TERMS, scripts, offer, weights))
            made += [self._fact(component, fact, offer, weights) for component, fact in facts]
            score = min(1.0, fsum(contribution for contribution, _ in made))
            components = f"[{', '.join(component for _, component in made)}]"
            found.append(ListedMatch(self.technologies[place], score, components))
        return found

    def _fact(self, component: FactComponent, wanted: Any, offer: OfferFacts, weights: Weights) -> tuple[float, str]:
        offered = getattr(offer, component.of_offer)
        key = (component.code, wanted, offered, weights[component.code])
        if key not in self._made:
            self._made[key] = fact_component(component, wanted, offered, weights, self.formula)
        return self._made[key]


def _rounded(values: npt.NDArray[np.float64]) -> list[float]:
    return [round(value, DIGITS) for value in values.tolist()]


def _valued(code: str, value: float, weight: float) -> tuple[float, str]:
    contribution = round(weight * value, DIGITS)
    numbers = f'"value": {value!r}, "weight": {weight!r}, "contribution": {contribution!r}'
    return contribution, f'{{"code": "{code}", {numbers}, "evidence": {{}}}}'


def lists_of(
    rows: Sequence[NeedRow],
    needs: Mapping[int, Need],
    pairs: Pairs,
    keep: Mapping[int, int],
    *,
    scorer: Scorer,
    encoder: str,
) -> dict[int, list[ListedMatch]]:
    """For each need its list, best first; a need without any pair has an empty one."""
    places = best_first(pairs, keep)
    wanted = {int(pairs.technologies[place]) for own in places.values() for place in own}
    components = ComponentMaker(pairs, offer_facts(wanted, encoder=encoder), scorer.formula)
    return {
        row.record_id: components.listed(
            needs[row.record_id], row.weights(scorer.weights), places.get(row.record_id, NO_ROWS)
        )
        for row in rows
    }
