"""Technologies by the distance of their texts' vectors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from kr_ru_platform.running.planning import planned_with
from matching.domain.index.distances import Distance, Placed, distance, first_part
from matching.domain.index.embedding_spaces import TABLES
from matching.domain.index.vector_indexes import (
    MARGIN,
    MARGIN_OF_VISITORS,
    IndexedScan,
    indexed_scan,
    usable,
    usable_of_each,
)
from matching.enums import LISTS_FOR, Audience, TechnologyState
from matching.models import Technology, VectorIndex
from matching.scoring.space import Space
from matching.scoring.weights import CURRENT, FORMULAS

BY_WHOLE = 200
BY_PASSAGE = 200
# Of a catalogue that is too large to be scanned: among more there are more that come close.
BY_INDEX = 300
# Whose passages a search looks at where everything is scanned; benchmark_matching prints what this finds of what all
# would give.
BY_WHOLE_FIRST = 2_000
# Where the catalogue is too large for that: rows that the indexes give of each language, and technologies of each kind.
SEARCHED_ROWS = {"whole": 770, "passage": 500}
# Of what everybody may read each technology has one whole text: fewer give as many technologies, in one round.
ROWS_FOR_VISITORS = {"whole": 600, "passage": 500}
BY_EACH_KIND = 1_500


def by_vector(
    space: Space, placed: Placed, *, audience: Audience = LISTS_FOR, within: QuerySet[Technology] | None = None
) -> list[int]:
    """The published technologies whose whole text, or one of whose passages, lies nearest to a need."""
    found: list[int] = []
    published = Technology.objects.published() if within is None else within
    for kind, limit in (("whole", BY_WHOLE), ("passage", BY_PASSAGE)):
        chosen = BY_INDEX if usable(kind, space) else limit
        found += nearest(space, placed, kind, audience=audience, within=published, limit=chosen)
    return list(dict.fromkeys(found))


# So many rows are read first for each technology that is wanted: several rows belong to one, and
# those of needs lie in the same tables.
ROWS_FOR_ONE = {"whole": 3, "passage": 10}
# Of each language, where indexes give them.
INDEXED_ROWS_FOR_ONE = {"whole": 2, "passage": 2}
FURTHER = 10

# The scan itself knows nothing of owners, so that it need not join hundreds of thousands of rows.
_NEAREST = """
WITH near AS MATERIALIZED (
  SELECT p.record_id, {distance} AS distance
    FROM {rows} p
   WHERE {condition}
   ORDER BY distance
   LIMIT %s),
owners AS (
  SELECT r.technology_id, min(n.distance) AS distance
    FROM near n JOIN matching_indexrecord r ON r.id = n.record_id
   WHERE r.encoder = %s AND r.technology_id IN ({within})
   GROUP BY r.technology_id
   ORDER BY min(n.distance), r.technology_id
   LIMIT %s)
SELECT (SELECT count(*) FROM near),
       array_agg(o.technology_id ORDER BY o.distance, o.technology_id),
       array_agg(o.distance ORDER BY o.distance, o.technology_id)
  FROM owners o
"""


@dataclass(frozen=True)
class _Question:
    space: Space
    placed: Placed
    kind: str
    audience: Audience
    within: QuerySet[Technology]
    limit: int

    @cached_property
    def far(self) -> Distance:
        return distance(self.space, self.placed, self.kind)

    def scanned(self, rows: int) -> tuple[int, dict[int, float]]:
        """How many rows there were, and the owners: exact, one scan of one table."""
        query, values = self._query(TABLES[self.kind], "p.audience <= %s AND vector_dims(p.vector) = %s", rows)
        with connection.cursor() as cursor:
            cursor.execute(query, [*self.far.values, self.audience, self.far.dimension, *values])
            return _counted(cursor.fetchone())

    def found_by(self, indexes: Sequence[VectorIndex], rows: int) -> dict[int, float]:
        """The owners of what the indexes give, so many rows of each language: most of what is nearest."""
        scan = indexed_scan(self.space, self.placed, indexes, audience=self.audience, rows=rows)
        query, values = self._query(f"({scan.sql})", "true", rows * len(indexes))
        is_thinned = self.kind == "whole" and self.audience == Audience.PUBLIC
        margin = MARGIN_OF_VISITORS if is_thinned else MARGIN
        with planned_with(IndexedScan.settings(rows, margin)) as cursor:
            cursor.execute(query, [*self.far.values, *scan.values, *values])
            return _counted(cursor.fetchone())[1]

    def _query(self, rows_of: str, condition: str, rows: int) -> tuple[str, list[Any]]:
        wanted, values = self.within.order_by().values("id").query.sql_with_params()
        query = _NEAREST.format(distance=self.far.sql, rows=rows_of, condition=condition, within=wanted)
        return query, [rows, self.space.encoder, *values, self.limit]


def _counted(row: tuple[int, list[int] | None, list[float] | None]) -> tuple[int, dict[int, float]]:
    return row[0], dict(zip(row[1] or (), row[2] or (), strict=True))


def nearest(
    space: Space, placed: Placed, kind: str, *, audience: Audience, within: QuerySet[Technology], limit: int
) -> dict[int, float]:
    """The technologies with the nearest texts that this audience may read.

    Technology → distance, nearest first, equal ones by id. Exact, unless the catalogue is so large that indexes of
    vectors have been made; even then where these do not give enough of what is wanted.
    """
    return _nearest(_Question(space, placed, kind, audience, within, limit), usable(kind, space))


def _nearest(question: _Question, indexes: Sequence[VectorIndex]) -> dict[int, float]:
    kind, limit = question.kind, question.limit
    if indexes:
        found = question.found_by(indexes, INDEXED_ROWS_FOR_ONE[kind] * limit)
        if len(found) >= limit:
            return found
    rows = ROWS_FOR_ONE[kind] * limit
    while True:
        scanned, found = question.scanned(rows)
        if len(found) >= limit or scanned < rows:
            return found
        rows *= FURTHER


_OF_TECHNOLOGIES = """
SELECT r.technology_id, min({distance})
  FROM matching_indexrecord r JOIN {table} p ON p.record_id = r.id
 WHERE {among} AND r.encoder = %s AND p.audience <= %s
 GROUP BY r.technology_id
"""


def nearest_within(
    space: Space, placed: Placed, *, audience: Audience, within: QuerySet[Technology], limit: int
) -> list[int]:
    """Technologies by their whole text and nearest passage, among those with the nearest of either."""
    indexes = usable_of_each(space)
    ids = by_indexes(space, placed, indexes, audience=audience, within=within) if all(indexes.values()) else []
    if len(ids) >= limit:
        return by_both(space, placed, ids, audience=audience)[:limit]
    question = _Question(space, placed, "whole", audience, within, BY_WHOLE_FIRST)
    wholes = _nearest(question, indexes["whole"])
    return _in_order(space, placed, wholes, _distances(space, placed, "passage", list(wholes), audience))[:limit]


def by_indexes(
    space: Space,
    placed: Placed,
    indexes: Mapping[str, Sequence[VectorIndex]],
    *,
    audience: Audience,
    within: QuerySet[Technology],
) -> list[int]:
    found = [
        _Question(space, placed, kind, audience, within, BY_EACH_KIND).found_by(indexes[kind], rows)
        for kind, rows in (ROWS_FOR_VISITORS if audience == Audience.PUBLIC else SEARCHED_ROWS).items()
    ]
    return list(dict.fromkeys(i for near in found for i in near))


def by_both(space: Space, placed: Placed, technology_ids: list[int] | None = None, *, audience: Audience) -> list[int]:
    """These technologies, or all, by their nearest whole text and their nearest passage together."""
    wholes, passages = (_distances(space, placed, kind, technology_ids, audience) for kind in ("whole", "passage"))
    return _in_order(space, placed, wholes, passages)


def _in_order(space: Space, placed: Placed, wholes: Mapping[int, float], passages: Mapping[int, float]) -> list[int]:
    # A need's part that meets passages is shorter where whole texts have a second encoder's part.
    first, share = first_part(space, placed), FORMULAS[CURRENT].whole_share
    both = {i: share * whole + (1 - share) * passages.get(i, 0.0) / first for i, whole in wholes.items()}
    return sorted(both, key=lambda i: (both[i], i))


def _distances(
    space: Space, placed: Placed, kind: str, technology_ids: list[int] | None, audience: Audience
) -> Mapping[int, float]:
    far = distance(space, placed, kind)
    with connection.cursor() as cursor:
        among = "r.technology_id IS NOT NULL" if technology_ids is None else "r.technology_id = ANY(%s)"
        query = _OF_TECHNOLOGIES.format(distance=far.sql, table=TABLES[kind], among=among)
        some = [] if technology_ids is None else [technology_ids]
        cursor.execute(query, [*far.values, *some, space.encoder, audience])
        return dict(cursor.fetchall())


def neighbours(
    space: Space,
    placed: Placed,
    *,
    kind: str,
    limit: int,
    audience: Audience = Audience.CENTRE,
    states: Sequence[str] = (TechnologyState.PUBLISHED,),
) -> list[int]:
    """Technologies by their nearest text that this audience may read, as it is now unless that is the centre."""
    within = Technology.objects.filter(state__in=states)
    if audience != Audience.CENTRE:
        within = within.filter(index_records__encoder=space.encoder, index_records__revision=F("revision"))
    return list(nearest(space, placed, kind, audience=audience, within=within, limit=limit))
