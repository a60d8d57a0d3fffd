"""Technologies by the distance of their texts' vectors."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import QuerySet

from kr_ru_platform.words.reading.folding import LANGUAGES
from matching.domain.finding.candidates import vector_literal
from matching.domain.index.embedding_spaces import TABLES
from matching.enums import LISTS_FOR, Audience
from matching.models import IndexRecord, Technology
from matching.scoring.space import Space
from matching.scoring.types import Need
from matching.scoring.weights import CURRENT, FORMULAS

BY_WHOLE = 200
BY_PASSAGE = 200
# Whose passages a search looks at; benchmark_matching prints what this finds of what all would give.
BY_WHOLE_FIRST = 2_000


def by_vector(
    space: Space, need: Need, *, audience: Audience = LISTS_FOR, within: QuerySet[Technology] | None = None
) -> list[int]:
    """The published technologies whose whole text, or one of whose passages, lies nearest to a need."""
    found: list[int] = []
    published = Technology.objects.published() if within is None else within
    for kind, limit in (("whole", BY_WHOLE), ("passage", BY_PASSAGE)):
        found += nearest(space, need, kind, audience=audience, within=published, limit=limit)
    return list(dict.fromkeys(found))


# So many rows are read first for each technology that is wanted: several rows belong to one, and
# those of needs lie in the same tables.
ROWS_FOR_ONE = {"whole": 3, "passage": 10}
FURTHER = 10

# The inner product with a probe differs from the similarity only by the length of the raw vector:
# enough to choose what is then compared exactly.
_CASES = [f"WHEN '{code}' THEN" for code in LANGUAGES[:-1]] + ["ELSE"]
_DISTANCE = f"""CASE p.language {" ".join(f"{case} (p.vector <#> %s::halfvec) + %s" for case in _CASES)} END"""
_SCAN = (
    "SELECT p.record_id, "
    + _DISTANCE
    + """ AS distance
  FROM {table} p
 WHERE p.audience <= %s AND vector_dims(p.vector) = %s
 ORDER BY distance
 LIMIT %s
"""
)


def nearest(
    space: Space, need: Need, kind: str, *, audience: Audience, within: QuerySet[Technology], limit: int
) -> dict[int, float]:
    """The technologies with the nearest texts that this audience may read: exact, one scan of one table.

    The scan knows nothing of owners, so that it need not join hundreds of thousands of rows; where
    too few of what it finds are wanted, it goes further.
    """
    values = _probes(space, need, kind)
    rows = ROWS_FOR_ONE[kind] * limit
    while True:
        with connection.cursor() as cursor:
            scan = _SCAN.format(table=TABLES[kind])
            cursor.execute(scan, [*values, audience, len(space.probe(need.whole, kind)), rows])
            scanned = cursor.fetchall()
        found = _owners(scanned, space.encoder, within)
        if len(found) >= limit or len(scanned) < rows:
            return dict(list(found.items())[:limit])
        rows *= FURTHER


def _probes(space: Space, need: Need, kind: str) -> list[Any]:
    """For each language the vector that its texts are compared with, and what their mean adds."""
    values: list[Any] = []
    for code in LANGUAGES:
        probe = space.probe(need.whole_toward(code), kind)
        values += [vector_literal(probe), float(probe @ space.mean("offer", kind, code))]
    return values


def _owners(scanned: Sequence[tuple[int, float]], encoder: str, within: QuerySet[Technology]) -> dict[int, float]:
    """Technology → distance of its nearest text, nearest first, equal ones by id."""
    records = IndexRecord.objects.filter(
        id__in={record for record, _ in scanned}, encoder=encoder, technology__in=within.order_by().values("id")
    )
    owners = dict(records.values_list("id", "technology_id"))
    found: dict[int, float] = {}
    for record, distance in scanned:
        if record in owners:
            found.setdefault(owners[record], distance)
    return dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))


_PASSAGES_OF = (
    "SELECT r.technology_id, min("
    + _DISTANCE
    + """)
  FROM matching_indexrecord r JOIN matching_passage p ON p.record_id = r.id
 WHERE r.technology_id = ANY(%s) AND r.encoder = %s AND p.audience <= %s
 GROUP BY r.technology_id
"""
)


def nearest_within(
    space: Space, need: Need, *, audience: Audience, within: QuerySet[Technology], limit: int
) -> list[int]:
    """Technologies by their whole text and nearest passage: passages of those with the nearest whole texts."""
    wholes = nearest(space, need, "whole", audience=audience, within=within, limit=BY_WHOLE_FIRST)
    with connection.cursor() as cursor:
        values = [*_probes(space, need, "passage"), list(wholes), space.encoder, audience]
        cursor.execute(_PASSAGES_OF, values)
        passages = dict(cursor.fetchall())
    # Whole texts may have a second encoder's part, so both are taken to the same scale.
    first = float(np.linalg.norm(need.whole[: len(space.damping)]))
    share = FORMULAS[CURRENT].whole_share
    both = {i: share * first * wholes[i] + (1 - share) * passages.get(i, 0.0) / max(first, 1e-9) for i in wholes}
    return sorted(both, key=lambda i: (both[i], i))[:limit]
