"""Technologies and needs by the thousand, from the index straight into arrays."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from kr_ru_platform.words.reading.folding import LANGUAGES
from matching.domain.index.embedding_spaces import TABLES
from matching.domain.index.indexing import term_id
from matching.enums import LISTS_FOR, Audience
from matching.models import Technology
from matching.models.text_index import LEXEME_COLUMNS
from matching.scoring.bulk.blocks import Block, TextVectors
from matching.scoring.space import Space
from matching.scoring.types import Rows, Vectors

NO_NUMBERS = np.zeros(0, dtype=np.int64)
# Signature, flags and extension of PostgreSQL's binary COPY; after the last row stand two bytes.
_HEAD, _TAIL = 19, 2
# Before a row its number of fields, before a field its length.
_ROW = [("fields", ">i2"), ("l1", ">i4"), ("owner", ">i8"), ("l2", ">i4"), ("id", ">i8"), ("l3", ">i4")]
_VECTOR = [("language", ">i2"), ("l4", ">i4"), ("dimension", ">i2"), ("unused", ">i2")]


def read_block(technology_ids: Sequence[int], *, space: Space, audience: Audience = LISTS_FOR) -> Block:
    """Those of the technologies that are published, their vectors placed in the space, as this audience reads them."""
    encoder = space.encoder
    facts = _facts(technology_ids, encoder)
    ids = np.array([row[0] for row in facts], dtype=np.int64)
    # Published or indexed since the facts were read: another time.
    read = {kind: _only(_vectors(kind, ids, encoder, audience), ids) for kind in TABLES}
    placed = {kind: _text_vectors(kind, rows, ids, space) for kind, rows in read.items()}
    sequence = placed["passage"].sequence(len(ids))
    order = np.empty(len(ids), dtype=np.int64)
    order[sequence] = np.arange(len(ids))
    terms, term_rows = _terms(ids, encoder) if audience <= LISTS_FOR else _all_terms(ids, encoder)
    languages = _languages(ids, read)
    return Block(
        ids=ids[sequence],
        passages=placed["passage"].layers(order),
        short=np.flatnonzero(np.bincount(placed["passage"].rows, minlength=len(ids))[sequence] < 2),
        wholes=placed["whole"].layers(order),
        fields=[facts[row][1] for row in sequence],
        trls=[facts[row][2] for row in sequence],
        transfer_modes=[frozenset(facts[row][3]) for row in sequence],
        languages=[languages[row] for row in sequence],
        terms=terms,
        term_rows=order[term_rows],
    )


def _facts(technology_ids: Sequence[int], encoder: str) -> list[tuple[int, str, int | None, list[str]]]:
    technologies = Technology.objects.published().filter(
        id__in=list(technology_ids), index_records__encoder=encoder, index_records__revision__gt=0
    )
    return list(technologies.order_by("id").values_list("id", "field", "trl", "transfer_modes"))


_VECTORS = """
SELECT r.technology_id::bigint, p.id::bigint, array_position(%s::text[], p.language::text)::smallint, p.vector
  FROM {table} p
  JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.technology_id = ANY(%s) AND r.encoder = %s AND p.audience <= %s
"""


def _vectors(kind: str, ids: Rows, encoder: str, audience: Audience) -> npt.NDArray[Any]:
    """Rows of owner, id, language (its place in LANGUAGES, from 1) and vector, by owner and id."""
    query = _VECTORS.format(table=TABLES[kind])
    return copied_vectors(query, [list(LANGUAGES), ids.tolist(), encoder, int(audience)])


def _only(read: npt.NDArray[Any], ids: Rows) -> npt.NDArray[Any]:
    return read[np.isin(read["owner"].astype(np.int64), ids)]


def copied_vectors(query: str, values: Sequence[Any]) -> npt.NDArray[Any]:
    """What the query finds, without a step per row: every row has the same length."""
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({cursor.mogrify(query, values).decode()}) TO STDOUT (FORMAT BINARY)", buffer)
    data = buffer.getbuffer()
    head = np.dtype([*_ROW, *_VECTOR])
    has_rows = len(data) >= _HEAD + head.itemsize
    dimension = int(np.frombuffer(data, dtype=head, count=1, offset=_HEAD)["dimension"][0]) if has_rows else 0
    row = np.dtype([*_ROW, *_VECTOR, ("vector", ">f2", (dimension,))])
    count = (len(data) - _HEAD - _TAIL) // row.itemsize
    if count * row.itemsize != len(data) - _HEAD - _TAIL:
        raise ValueError("Vectors of different lengths under one encoder's name.")
    rows = np.frombuffer(data, dtype=row, count=count, offset=_HEAD)
    return rows[np.lexsort((rows["id"], rows["owner"]))]


def _text_vectors(kind: str, read: npt.NDArray[Any], ids: Rows, space: Space) -> TextVectors:
    """Vectors in the space, and whose they are: the place of the technology among the ids."""
    return TextVectors(
        vectors=placed_vectors(read, side="offer", kind=kind, space=space),
        rows=np.searchsorted(ids, read["owner"].astype(np.int64)),
        languages=np.array(LANGUAGES)[read["language"].astype(np.int64) - 1],
    )


def placed_vectors(read: npt.NDArray[Any], *, side: str, kind: str, space: Space) -> Vectors:
    found = np.zeros(read["vector"].shape, dtype=np.float32)
    for place, language in enumerate(LANGUAGES, start=1):
        chosen = np.flatnonzero(read["language"] == place)
        if len(chosen):
            raw = read["vector"][chosen].astype(np.float32)
            found[chosen] = space.place(raw, side=side, kind=kind, language=language)
    return found


def _languages(ids: Rows, read: Mapping[str, npt.NDArray[Any]]) -> list[frozenset[str]]:
    """For each technology the languages it can be read in."""
    seen = np.zeros((len(ids), len(LANGUAGES)), dtype=bool)
    for rows in read.values():
        seen[np.searchsorted(ids, rows["owner"].astype(np.int64)), rows["language"].astype(np.int64) - 1] = True
    return [frozenset(code for code, has in zip(LANGUAGES, row, strict=True) if has) for row in seen.tolist()]


_TERMS = """
SELECT technology_id, array_send(term_ids) FROM matching_indexrecord
 WHERE technology_id = ANY(%s) AND encoder = %s ORDER BY technology_id
"""


def _terms(ids: Rows, encoder: str) -> tuple[Rows, Rows]:
    """The terms of all technologies, one after the other, and whose each is."""
    with connection.cursor() as cursor:
        cursor.execute(_TERMS, [ids.tolist(), encoder])
        read = [(owner, read_numbers(sent)) for owner, sent in cursor.fetchall()]
    return _joined(read, ids)


_ALL_LEXEMES = f"""
SELECT technology_id, tsvector_to_array({LEXEME_COLUMNS[Audience.CENTRE]}) FROM matching_indexrecord
 WHERE technology_id = ANY(%s) AND encoder = %s ORDER BY technology_id
"""


def _all_terms(ids: Rows, encoder: str) -> tuple[Rows, Rows]:
    """The same of the full texts, for a few technologies: these are not kept as numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_LEXEMES, [ids.tolist(), encoder])
        read = [
            (owner, np.array(sorted({term_id(lexeme) for lexeme in found}), dtype=np.int64))
            for owner, found in cursor.fetchall()
        ]
    return _joined(read, ids)


def _joined(read: Sequence[tuple[int, Rows]], ids: Rows) -> tuple[Rows, Rows]:
    counts = [len(numbers) for _, numbers in read]
    rows = np.searchsorted(ids, np.array([owner for owner, _ in read], dtype=np.int64))
    return np.concatenate([NO_NUMBERS, *(numbers for _, numbers in read)]), np.repeat(rows, counts)


def read_numbers(sent: Any) -> Rows:
    """PostgreSQL's binary form of an array of integers: twenty bytes of head, then length and number in turn."""
    return np.frombuffer(bytes(sent), dtype=">i4", offset=min(len(sent), 20))[1::2].astype(np.int64)
