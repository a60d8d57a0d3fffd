"""Indexes of near vectors, which a large catalogue needs: made, measured, used and dropped. Writes VectorIndex.

A small catalogue is scanned whole and nothing is missed. From MANY_TECHNOLOGIES on, each kind of texts gets one index
in each language: whole texts by the cosine of their centred vectors, passages by the signs of theirs, a 32nd of the
room. What an index finds is compared by the vectors themselves.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from kr_ru_platform.words.reading.folding import LANGUAGES
from matching.domain.index.distances import Placed, in_language, vector_literal
from matching.domain.index.embedding_spaces import TABLES, current_space, space_of
from matching.domain.index.index_names import IndexName
from matching.domain.index.indexing import index_encoder
from matching.models import IndexRecord, VectorIndex
from matching.scoring.space import Space
from matching.scoring.types import Vector

# Up to here scanning everything takes some hundredths of a second.
MANY_TECHNOLOGIES = 20_000
# Of the nearest texts; what it takes to be used.
LEAST_RECALL = 0.9
# As wide as pgvector looks at most before it takes another round, which costs as much as the first: so a little
# wider than what is wanted, since some of what it finds is not for every reader.
WIDEST, MARGIN = 1_000, 1.3
# Two in five whole texts say also what only members may read, which visitors' searches leave out.
MARGIN_OF_VISITORS = 1.65


@dataclass(frozen=True)
class Ordering:
    """How texts are sorted inside an index: the same expression makes it and asks it."""

    expression: str
    operator: str
    operators: str
    # What a probe is cast to.
    probe_type: str

    def probe(self, vector: Vector) -> str:
        if self.probe_type.startswith("bit"):
            return "".join("1" if value > 0 else "0" for value in vector.tolist())
        return vector_literal(vector)


def ordering(kind: str, mean: Vector) -> Ordering:
    size, centred = len(mean), f"(vector - '{vector_literal(mean)}'::halfvec)"
    if kind == "whole":
        return Ordering(f"({centred}::halfvec({size}))", "<=>", "halfvec_cosine_ops", f"halfvec({size})")
    return Ordering(f"(binary_quantize({centred})::bit({size}))", "<~>", "bit_hamming_ops", f"bit({size})")


def _condition(language: str, dimension: int) -> str:
    return f"language = '{language}' AND vector_dims(vector) = {dimension}"


def usable(kind: str, space: Space) -> list[VectorIndex]:
    """One for each language, the newest that finds enough; none where a language has none."""
    return usable_of_each(space)[kind]


def usable_of_each(space: Space) -> dict[str, list[VectorIndex]]:
    """Of each kind: one question instead of one for every kind."""
    vectors = IndexName.read(space.encoder).vectors
    good = VectorIndex.objects.filter(recall__gte=LEAST_RECALL).order_by("id")
    found: dict[str, dict[str, VectorIndex]] = {kind: {} for kind in TABLES}
    for index in good:
        if IndexName.read(index.encoder).vectors == vectors:
            found[index.kind][index.language] = index
    return {kind: list(of.values()) if set(of) >= set(LANGUAGES) else [] for kind, of in found.items()}


@dataclass(frozen=True)
class IndexedScan:
    """The nearest texts of each language by its index, as SQL with the columns of a row `p`."""

    sql: str
    values: list[object]

    @staticmethod
    def settings(rows: int, margin: float = MARGIN) -> dict[str, str]:
        """For so many rows of each language. A condition on the readers leaves out rows: then it goes on."""
        width = str(min(WIDEST, max(40, round(margin * rows))))
        return {"enable_seqscan": "off", "hnsw.ef_search": width, "hnsw.iterative_scan": "relaxed_order"}


def indexed_scan(
    space: Space, placed: Placed, indexes: Sequence[VectorIndex], *, audience: int, rows: int
) -> IndexedScan:
    parts, values = [], []
    for index in indexes:
        order = ordering(
            index.kind, space_of(index.encoder, index.space_version).mean("offer", index.kind, index.language)
        )
        probe = space.probe(in_language(placed, index.language), index.kind)
        parts.append(
            f"(SELECT id, record_id, vector, language FROM {TABLES[index.kind]}"
            f" WHERE {_condition(index.language, index.dimension)} AND audience <= %s"
            f" ORDER BY {order.expression} {order.operator} %s::{order.probe_type} LIMIT %s)"
        )
        values += [audience, order.probe(probe), rows]
    return IndexedScan(" UNION ALL ".join(parts), values)


def build_next() -> bool:
    """One that is missing. True where there was something to do."""
    space = current_space(index_encoder())
    there = set(VectorIndex.objects.filter(space_version=space.version).values_list("kind", "language"))
    missing = [(kind, code) for kind in TABLES for code in LANGUAGES if (kind, code) not in there]
    if missing:
        _build(*missing[0], space)
    return bool(missing)


def drop_next() -> bool:
    """One of a former space. True where there was something to do."""
    old = VectorIndex.objects.exclude(space_version=current_space(index_encoder()).version).first()
    if old is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{old.name}"')
    old.delete()
    return True


def is_large() -> bool:
    return IndexRecord.objects.filter(encoder=index_encoder(), technology__isnull=False).count() > MANY_TECHNOLOGIES


def _build(kind: str, language: str, space: Space) -> VectorIndex:
    """Beside everything else: nothing is locked meanwhile. What an interrupted build has left is dropped first."""
    mean = space.mean("offer", kind, language)
    order, name = ordering(kind, mean), f"near_{kind}_{language}_{space.version}"
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{name}"')
        # One core is enough: the others are for those who wait.
        cursor.execute("SET max_parallel_maintenance_workers = 0")
        cursor.execute(
            f'CREATE INDEX CONCURRENTLY "{name}" ON {TABLES[kind]} USING hnsw ({order.expression} {order.operators})'
            f" WHERE {_condition(language, len(mean))}"
        )
        cursor.execute("RESET max_parallel_maintenance_workers")
    return VectorIndex.objects.create(
        name=name,
        kind=kind,
        language=language,
        encoder=space.encoder,
        space_version=space.version,
        dimension=len(mean),
        seconds_to_build=time.monotonic() - started,
    )
