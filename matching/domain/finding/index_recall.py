"""How much the indexes of near vectors find: known before they answer anybody. Writes VectorIndex.recall."""

import logging
from typing import Any

from django.db import connection

from kr_ru_platform.running.lock_numbers import BUILDING_VECTOR_INDEXES
from kr_ru_platform.running.locks import lock_for_a_while
from matching.domain.finding.nearest import by_both, by_indexes
from matching.domain.index.embedding_spaces import TABLES, current_space, read_vectors
from matching.domain.index.indexing import index_encoder
from matching.domain.index.vector_indexes import build_next, drop_next, is_large
from matching.enums import LISTS_FOR
from matching.models import Technology, VectorIndex
from matching.scoring.space import Space
from matching.scoring.types import Vector

logger = logging.getLogger(__name__)

PROBES = 10
# Of each probe so many of the nearest technologies are looked for.
WANTED = 20


def tend_vector_indexes() -> bool:
    """Make the next one that is missing, measure all when they are there, drop one that is no longer used.

    True while more may be left. A small catalogue has none.
    """
    with lock_for_a_while(BUILDING_VECTOR_INDEXES) as may_build:
        if not may_build or not is_large():
            return False
        return build_next() or _measure() or drop_next()


def _measure() -> bool:
    space = current_space(index_encoder())
    made = VectorIndex.objects.filter(space_version=space.version)
    if not made.filter(recall=None).exists():
        return False
    recall = measured_recall(space)
    made.update(recall=recall)
    logger.info("The indexes of near vectors find %.3f of the nearest technologies.", recall)
    return True


def measured_recall(space: Space) -> float:
    """Of the technologies nearest to some needs by all their texts, the share that is found; 1 without any text."""
    made = VectorIndex.objects.filter(space_version=space.version)
    indexes = {kind: list(made.filter(kind=kind)) for kind in TABLES}
    options: dict[str, Any] = {"audience": LISTS_FOR, "within": Technology.objects.published()}
    wanted = found = 0
    for probe in _probes(space):
        ids = by_indexes(space, probe, indexes, **options)
        ours = by_both(space, probe, ids, audience=LISTS_FOR)[:WANTED]
        exact = by_both(space, probe, audience=LISTS_FOR)[:WANTED]
        wanted += len(exact)
        found += len(set(exact).intersection(ours))
    return found / wanted if wanted else 1.0


_SOME_WHOLES = """
SELECT p.language, halfvec_send(p.vector)
  FROM matching_indexrecord r JOIN matching_wholetext p ON p.record_id = r.id
 WHERE r.encoder = %s AND (r.technology_id IS NULL) = %s
 ORDER BY {order} LIMIT %s
"""


def _probes(space: Space) -> list[Vector]:
    """Needs as they are here; where there are few, the newest technologies, taken as needs."""
    found: list[Vector] = []
    for side, is_need, order in (("need", True, "md5(p.id::text)"), ("offer", False, "r.id DESC")):
        with connection.cursor() as cursor:
            cursor.execute(_SOME_WHOLES.format(order=order), [space.encoder, is_need, PROBES - len(found)])
            for language, vector in cursor.fetchall():
                placed = space.place(read_vectors([vector]), side=side, kind="whole", language=language)
                found += [placed[0]] if placed.any() else []
    return found
