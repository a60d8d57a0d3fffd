"""Lists of matches of many needs written at once: only what differs from what is stored.

Beside matchmaking.py, which writes the list of one need, the only writer of Match and ScoringRecord.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from matching.domain.runs.bulk_needs import NeedRow

# Scores that differ by less differ by the last digit of a rounded part.
SAME_SCORE = 2e-6


@dataclass(frozen=True)
class ListedMatch:
    """One match of a list. Without components it stays as it is stored."""

    technology_id: int
    score: float | None = None
    components: str = ""


@dataclass(frozen=True)
class NeedList:
    need: NeedRow
    matches: Sequence[ListedMatch]
    scorer_version: str


@transaction.atomic
def write_lists(lists: Sequence[NeedList]) -> int:
    """Each list becomes that of its need; how many rows were changed."""
    with connection.cursor() as cursor:
        cursor.execute(_FRESH)
        cursor.copy_expert(_COPY, io.StringIO("".join(_lines(lists))))
        changed = 0
        for owner in ("demand", "profile"):
            ids = [getattr(found.need, f"{owner}_id") for found in lists]
            ids = [owner_id for owner_id in ids if owner_id]
            if ids:
                cursor.execute(_DETACH.format(owner=owner), [ids])
                cursor.execute(_DELETE.format(owner=owner), [ids])
                changed += cursor.rowcount
                cursor.execute(_UPSERT.format(owner=owner), [SAME_SCORE])
                changed += cursor.rowcount
        cursor.execute("DROP TABLE fresh_match")
    return changed


_FRESH = """
CREATE TEMPORARY TABLE fresh_match (
  demand_id bigint, profile_id bigint, technology_id bigint, score float8, components jsonb, scorer_version text
) ON COMMIT DROP
"""
_COPY = "COPY fresh_match FROM STDIN"
# A request keeps its own note of the score that was seen.
_GONE = """
  FROM matching_match m
 WHERE m.{owner}_id = ANY(%s) AND NOT EXISTS (
       SELECT 1 FROM fresh_match f WHERE f.{owner}_id = m.{owner}_id AND f.technology_id = m.technology_id)
"""
_DETACH = f"UPDATE matching_matchrequest SET match_id = NULL WHERE match_id IN (SELECT m.id {_GONE})"
_DELETE = f"DELETE {_GONE}"
_UPSERT = """
INSERT INTO matching_match ({owner}_id, technology_id, score, components, scorer_version, scored_at)
SELECT f.{owner}_id, f.technology_id, f.score, f.components, f.scorer_version, now()
  FROM fresh_match f
  JOIN matching_technology t ON t.id = f.technology_id AND t.state = 'published'
  LEFT JOIN matching_match m ON m.{owner}_id = f.{owner}_id AND m.technology_id = f.technology_id
 WHERE f.{owner}_id IS NOT NULL AND f.score IS NOT NULL
   AND (m.id IS NULL OR m.scorer_version <> f.scorer_version OR abs(m.score - f.score) > %s
        OR jsonb_path_query_array(m.components, '$[*].evidence')
           <> jsonb_path_query_array(f.components, '$[*].evidence'))
ON CONFLICT ({owner}_id, technology_id) DO UPDATE SET
  score = excluded.score, components = excluded.components,
  scorer_version = excluded.scorer_version, scored_at = excluded.scored_at
"""


def _lines(lists: Sequence[NeedList]) -> Iterable[str]:
    for found in lists:
        owner = f"{_null(found.need.demand_id)}\t{_null(found.need.profile_id)}"
        version = _escaped(found.scorer_version)
        for match in found.matches:
            components = _escaped(match.components) or "\\N"
            yield f"{owner}\t{match.technology_id}\t{_null(match.score)}\t{components}\t{version}\n"


def _null(value: float | None) -> str:
    return "\\N" if value is None else repr(value)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


@dataclass(frozen=True)
class ScoringNote:
    """What the scoring of a need saw, for its record."""

    record_id: int
    revision: int
    scorer_version: str
    candidates: int
    term_weights: Mapping[str, float]


def write_notes(notes: Sequence[ScoringNote]) -> int:
    """Into the records of needs that have been scored."""
    columns: list[list[Any]] = [[], [], [], [], []]
    for note in notes:
        row = (note.record_id, note.revision, note.scorer_version, note.candidates, json.dumps(note.term_weights))
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    with connection.cursor() as cursor:
        cursor.execute(_NOTES, columns)
        return int(cursor.rowcount)


_NOTES = """
UPDATE matching_scoringrecord s
   SET revision = v.revision, scorer_version = v.scorer_version, candidates = v.candidates,
       term_weights = v.term_weights::jsonb, scored_at = now()
  FROM unnest(%s::bigint[], %s::int[], %s::text[], %s::int[], %s::text[])
       AS v (id, revision, scorer_version, candidates, term_weights)
 WHERE s.id = v.id AND (s.revision, s.scorer_version, s.candidates, s.term_weights)
       IS DISTINCT FROM (v.revision, v.scorer_version, v.candidates, v.term_weights::jsonb)
"""


def note_technologies(*, seen: Mapping[int, int], scorer_version: str, candidates: int) -> None:
    """These technologies, if they are still at the revision that was seen, have been compared with all needs."""
    with connection.cursor() as cursor:
        cursor.execute(_TECHNOLOGIES, [scorer_version, candidates, list(seen), list(seen.values())])


_TECHNOLOGIES = """
INSERT INTO matching_scoringrecord AS s (technology_id, revision, scorer_version, candidates, term_weights, scored_at)
SELECT t.id, t.revision, %s, %s, '{}', now()
  FROM unnest(%s::bigint[], %s::int[]) AS v (id, revision)
  JOIN matching_technology t ON t.id = v.id AND t.revision = v.revision AND t.state = 'published'
ON CONFLICT (technology_id) DO UPDATE SET
  revision = excluded.revision, scorer_version = excluded.scorer_version, candidates = excluded.candidates,
  scored_at = excluded.scored_at
 WHERE s.revision <> excluded.revision
"""
