"""Technologies by the distance of their texts' vectors."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from matching.domain.finding.distances import Placed, distance, first_part
from matching.domain.index.embedding_spaces import TABLES
from matching.enums import LISTS_FOR, Audience, TechnologyState
from matching.models import Technology
from matching.scoring.space import Space
from matching.scoring.weights import CURRENT, FORMULAS

BY_WHOLE = 200
BY_PASSAGE = 200
# Whose passages a search looks at; benchmark_matching prints what this finds of what all would give.
BY_WHOLE_FIRST = 2_000


def by_vector(
    space: Space, placed: Placed, *, audience: Audience = LISTS_FOR, within: QuerySet[Technology] | None = None
) -> list[int]:
    """The published technologies whose whole text, or one of whose passages, lies nearest to a need."""
    found: list[int] = []
    published = Technology.objects.published() if within is None else within
    for kind, limit in (("whole", BY_WHOLE), ("passage", BY_PASSAGE)):
        found += nearest(space, placed, kind, audience=audience, within=published, limit=limit)
    return list(dict.fromkeys(found))


# So many rows are read first for each technology that is wanted: several rows belong to one, and
# those of needs lie in the same tables.
ROWS_FOR_ONE = {"whole": 3, "passage": 10}
FURTHER = 10

# The scan itself knows nothing of owners, so that it need not join hundreds of thousands of rows.
_SCAN = """
WITH near AS MATERIALIZED (
  SELECT p.record_id, {distance} AS distance
    FROM {table} p
   WHERE p.audience <= %s AND vector_dims(p.vector) = %s
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


def nearest(
    space: Space, placed: Placed, kind: str, *, audience: Audience, within: QuerySet[Technology], limit: int
) -> dict[int, float]:
    """The technologies with the nearest texts that this audience may read: exact, one scan of one table.

    Technology → distance, nearest first, equal ones by id. Where too few of what the scan finds are wanted, it goes
    further.
    """
    far = distance(space, placed, kind)
    wanted, values = within.order_by().values("id").query.sql_with_params()
    query = _SCAN.format(distance=far.sql, table=TABLES[kind], within=wanted)
    rows = ROWS_FOR_ONE[kind] * limit
    while True:
        with connection.cursor() as cursor:
            cursor.execute(query, [*far.values, audience, far.dimension, rows, space.encoder, *values, limit])
            scanned, ids, distances = cursor.fetchone()
        if len(ids or ()) >= limit or scanned < rows:
            return dict(zip(ids or (), distances or (), strict=True))
        rows *= FURTHER


_PASSAGES_OF = """
SELECT r.technology_id, min({distance})
  FROM matching_indexrecord r JOIN matching_passage p ON p.record_id = r.id
 WHERE r.technology_id = ANY(%s) AND r.encoder = %s AND p.audience <= %s
 GROUP BY r.technology_id
"""


def nearest_within(
    space: Space, placed: Placed, *, audience: Audience, within: QuerySet[Technology], limit: int
) -> list[int]:
    """Technologies by their whole text and nearest passage: passages of those with the nearest whole texts."""
    wholes = nearest(space, placed, "whole", audience=audience, within=within, limit=BY_WHOLE_FIRST)
    far = distance(space, placed, "passage")
    values: list[Any] = [*far.values, list(wholes), space.encoder, audience]
    with connection.cursor() as cursor:
        cursor.execute(_PASSAGES_OF.format(distance=far.sql), values)
        passages = dict(cursor.fetchall())
    # A need's part that meets passages is shorter where whole texts have a second encoder's part.
    first, share = first_part(space, placed), FORMULAS[CURRENT].whole_share
    both = {i: share * wholes[i] + (1 - share) * passages.get(i, 0.0) / first for i in wholes}
    return sorted(both, key=lambda i: (both[i], i))[:limit]


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
