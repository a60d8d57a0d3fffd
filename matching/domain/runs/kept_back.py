"""What fits by texts that are shown after a non-disclosure agreement only: for the centre, and never stored.

Lists of companies are made from what members may read (docs/adr/0004). The best partner for what is kept
back is found here, by people who are cleared for all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import QuerySet

from matching.domain.finding.candidates import SharedTerms, best_by_words, columns_of, terms_shared_with_all
from matching.domain.finding.nearest import by_vector
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking, one_need
from matching.domain.matches.scorers import active_scorer
from matching.domain.runs.bulk_components import lists_of
from matching.domain.runs.bulk_needs import kept_by, need_rows, read_needs, terms_of_weights
from matching.domain.runs.bulk_reading import read_block
from matching.domain.runs.run_parts import entry
from matching.enums import Audience, DisclosureLevel
from matching.models import CompanyNeed, CompanyProfile, Demand, Match, NeedKey, Technology
from matching.scoring.bulk.comparing import compare_all
from matching.scoring.bulk.pairs import FAR
from matching.scoring.scale import shown_points
from matching.scoring.weights import Scorer

SHOWN = 20


@dataclass(frozen=True)
class KeptBackPair:
    """A pair as it is scored with the full text, and what the company sees: None where it is not in its list."""

    technology: Technology
    need: CompanyNeed
    score: float
    scorer: Scorer
    listed: Match | None

    @property
    def points(self) -> int:
        return shown_points(self.score, self.scorer.name)

    @property
    def listed_points(self) -> int | None:
        return self.listed.points if self.listed else None


def technologies_for(need: CompanyNeed) -> list[KeptBackPair]:
    """Published technologies with a text that is kept back, best first."""
    space, scorer = current_space(index_encoder()), active_scorer()
    job = one_need.job_of(need, space, scorer)
    if job is None:
        return []
    kept = Technology.objects.published().filter(disclosure=DisclosureLevel.NDA)
    shared = _only(terms_shared_with_all(job.lexemes, audience=Audience.CENTRE), set(kept.values_list("id", flat=True)))
    near = by_vector(space, job.need.by_language, audience=Audience.CENTRE, within=kept)
    columns = columns_of({*near, *best_by_words(shared)}, space=space, shared=shared, audience=Audience.CENTRE)
    scored = one_need.scored_columns(job, columns, scorer.formula.least_score)[:SHOWN]
    rows = kept.with_texts().in_bulk([match.technology_id for match in scored])
    listed = {found.technology_id: found for found in _matches(**need.as_owner, technology__in=rows)}
    return [
        KeptBackPair(rows[match.technology_id], need, match.score, scorer, listed.get(match.technology_id))
        for match in scored
        if match.technology_id in rows
    ]


def needs_for(technology: Technology) -> list[KeptBackPair]:
    """Open demands and company profiles by the full text of a published technology, best first."""
    space, scorer = current_space(index_encoder()), active_scorer()
    weights = dict(matchmaking.open_needs().order_by("pk").values_list("pk", "term_weights"))
    rows = need_rows(list(weights))
    keep = kept_by(rows, 1)
    terms = {pk: terms_of_weights(found) for pk, found in weights.items()}
    needs = read_needs(rows, terms, keep=keep, space=space, scorer=scorer)
    floors = np.full(len(rows), FAR, dtype=np.float32)
    floors[needs.are_silent] = np.inf
    block = read_block([technology.pk], space=space, audience=Audience.CENTRE)
    pairs = compare_all(needs, block, floors, entry(scorer))
    record_ids = np.array([row.record_id for row in rows], dtype=np.int64)
    pairs = replace(pairs, needs=record_ids[pairs.needs])
    facts = dict(zip(record_ids.tolist(), needs.facts, strict=True))
    lists = lists_of(rows, facts, pairs, dict.fromkeys(facts, 1), scorer=scorer, encoder=space.encoder)
    found = [(row, match.score or 0.0) for row in rows for match in lists[row.record_id]]
    best = sorted(found, key=lambda pair: (-pair[1], pair[0].record_id))[:SHOWN]
    return _with_needs(technology, {row.need_key: score for row, score in best}, scorer)


def _with_needs(technology: Technology, scores: Mapping[NeedKey, float], scorer: Scorer) -> list[KeptBackPair]:
    demands = Demand.objects.select_related("organisation").in_bulk([i for i, _ in scores if i])
    profiles = CompanyProfile.objects.select_related("organisation").in_bulk([i for _, i in scores if i])
    listed = {match.need_key: match for match in _matches(technology=technology)}
    return [
        KeptBackPair(technology, need, score, scorer, listed.get((demand, profile)))
        for (demand, profile), score in scores.items()
        if (need := demands.get(demand or 0) or profiles.get(profile or 0))
    ]


def _matches(**pairs: Any) -> QuerySet[Match]:
    """Without their parts, which are long."""
    return Match.objects.filter(**pairs).defer("components")


def _only(shared: SharedTerms, ids: set[int]) -> SharedTerms:
    return SharedTerms({i: weight for i, weight in shared.weights.items() if i in ids}, shared.of_need)
