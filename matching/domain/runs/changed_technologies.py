"""Technologies that are new or have changed, against every need at once: who enters the lists, who leaves them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Count, Min
from django.db.models.functions import Coalesce

from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.indexing import index_encoder
from matching.domain.matches import matchmaking, one_need
from matching.domain.matches.scorers import active_scorer
from matching.domain.runs.bulk_components import lists_of
from matching.domain.runs.bulk_needs import NeedRow, kept_by, need_rows, read_needs, terms_of_weights
from matching.domain.runs.bulk_reading import read_block
from matching.domain.runs.match_lists import ListedMatch, NeedList, note_technologies, write_lists
from matching.domain.runs.run_parts import entry
from matching.models import Match, NeedKey, ScoringRecord, Technology
from matching.models.need import of_needs
from matching.scoring.bulk.blocks import Needs
from matching.scoring.bulk.comparing import compare_all
from matching.scoring.bulk.pairs import FAR, Pairs
from matching.scoring.score import DIGITS
from matching.scoring.space import Space
from matching.scoring.types import Rows
from matching.scoring.weights import Scorer

NEEDS_AT_ONCE = 500


@dataclass(frozen=True)
class _Current:
    """The needs that are up to date but for these technologies, and the last score of each full list."""

    space: Space
    scorer: Scorer
    rows: list[NeedRow]
    needs: Needs
    keep: Rows
    floors: Any

    @property
    def version(self) -> str:
        return matchmaking.scorer_version(self.space, scorer=self.scorer)


def compare_changed(*, technology_ids: Sequence[int]) -> None:
    """Better ones enter the lists of all needs, worse ones leave them; then the technologies count as scored.

    A full list that loses a member may have a better one outside: such a need is scored anew.
    """
    space = current_space(index_encoder())
    seen = dict(
        Technology.objects.published()
        .filter(id__in=list(technology_ids), index_records__encoder=space.encoder)
        .values_list("id", "index_records__revision")
    )
    current = _current(space, active_scorer())
    pairs = compare_all(current.needs, read_block(list(seen), space=space), current.floors, entry(current.scorer))
    record_ids = np.array([row.record_id for row in current.rows], dtype=np.int64)
    pairs = replace(pairs, needs=record_ids[pairs.needs])
    touched = sorted({*np.unique(pairs.needs).tolist(), *_listing(seen)} & set(record_ids.tolist()))
    for start in range(0, len(touched), NEEDS_AT_ONCE):
        _merge(touched[start : start + NEEDS_AT_ONCE], current, pairs, set(seen))
    _catch_up(record_ids.tolist(), current.version)
    note_technologies(seen=seen, scorer_version=current.version, candidates=len(current.rows))


def _up_to_date() -> Any:
    return matchmaking.open_needs().exclude(pk__in=matchmaking.stale_needs().values("pk"))


def _current(space: Space, scorer: Scorer) -> _Current:
    records = _up_to_date().order_by("pk")
    weights = dict(records.values_list("pk", "term_weights"))
    rows = need_rows(list(weights))
    keep = kept_by(rows, one_need.KEPT)
    terms = {pk: terms_of_weights(found) for pk, found in weights.items()}
    needs = read_needs(rows, terms, keep=keep, space=space, scorer=scorer)
    last = _last_scores()
    floors = np.full(len(rows), FAR, dtype=np.float32)
    for place, row in enumerate(rows):
        count, score = last.get(row.need_key, (0, 0.0))
        if count >= keep[place]:
            floors[place] = score
    floors[needs.are_silent] = np.inf
    return _Current(space, scorer, rows, needs, keep, floors)


def _last_scores() -> dict[NeedKey, tuple[int, float]]:
    """Need → how long its list is and the score it ends with."""
    rows = Match.objects.order_by().values_list("demand_id", "profile_id").annotate(Count("id"), Min("score"))
    return {(demand, profile): (count, score) for demand, profile, count, score in rows}


def _listing(technology_ids: Any) -> list[int]:
    """Scoring records of the needs that list one of the technologies."""
    matches = Match.objects.filter(technology__in=list(technology_ids)).order_by()
    records = matches.values_list(Coalesce("demand__scoring_record", "profile__scoring_record"), flat=True).distinct()
    return [record for record in records if record]


@transaction.atomic
def _merge(record_ids: list[int], current: _Current, pairs: Pairs, changed: set[int]) -> None:
    places = {row.record_id: place for place, row in enumerate(current.rows)}
    held = _up_to_date().filter(pk__in=record_ids).select_for_update(of=("self",)).order_by("pk")
    rows = need_rows(list(held.values_list("pk", flat=True)))
    # One that has been scored anew meanwhile has seen the technologies as they are.
    rows = [row for row in rows if row == current.rows[places[row.record_id]]]
    entering = _entering(rows, places, current, pairs)
    stored = _stored(rows)
    lists, short = [], []
    for row in rows:
        keep = int(current.keep[places[row.record_id]])
        before = stored.get(row.need_key, [])
        found = _joined(before, entering[row.record_id], changed, keep)
        lists.append(NeedList(row, found, row.scored_with(current.version)))
        if len(found) < keep <= len(before):
            short.append(row.record_id)
    write_lists(lists)
    matchmaking.score_anew(ScoringRecord.objects.filter(pk__in=short))


def _entering(
    rows: Sequence[NeedRow], places: dict[int, int], current: _Current, pairs: Pairs
) -> dict[int, list[ListedMatch]]:
    chosen = [(row.record_id, places[row.record_id]) for row in rows]
    return lists_of(
        rows,
        {record: current.needs.facts[place] for record, place in chosen},
        pairs.only(np.isin(pairs.needs, [record for record, _ in chosen])),
        {record: int(current.keep[place]) for record, place in chosen},
        scorer=current.scorer,
        encoder=current.space.encoder,
    )


def _stored(rows: Sequence[NeedRow]) -> dict[NeedKey, list[ListedMatch]]:
    matches = Match.objects.filter(of_needs([row.need_key for row in rows]))
    found: dict[NeedKey, list[ListedMatch]] = {}
    for demand, profile, technology, score in matches.values_list("demand", "profile", "technology", "score"):
        found.setdefault((demand, profile), []).append(ListedMatch(technology, score))
    return found


def _joined(staying: list[ListedMatch], entering: list[ListedMatch], changed: set[int], keep: int) -> list[ListedMatch]:
    """The best of both; what stays is not written again."""
    left = [match for match in staying if match.technology_id not in changed]
    best = sorted([*left, *entering], key=lambda match: (-round(match.score or 0.0, DIGITS), match.technology_id))[
        :keep
    ]
    return [match if match.components else ListedMatch(match.technology_id) for match in best]


@transaction.atomic
def _catch_up(compared: Sequence[int], version: str) -> None:
    """A need that was being scored meanwhile may not have seen the technologies as they are now.

    Waits for those who score one at this moment.
    """
    others = matchmaking.open_needs().exclude(pk__in=list(compared)).select_for_update(of=("self",)).order_by("pk")
    missed = list(others.values_list("pk", flat=True))
    matchmaking.score_anew(ScoringRecord.objects.filter(pk__in=missed, scorer_version__startswith=version))
