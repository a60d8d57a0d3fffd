"""The space of one encoder's vectors, taken from the catalogue itself. Writes EmbeddingSpace."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import connection, transaction

from kr_ru_platform.running.lock_numbers import MAKING_A_SPACE
from kr_ru_platform.running.locks import wait_for_lock
from kr_ru_platform.words.reading.folding import LANGUAGES
from matching.domain.index.index_names import IndexName
from matching.domain.index.prior_vectors import vectors_of_priors
from matching.embedding import Embedder, get_embedder
from matching.enums import LISTS_FOR
from matching.models import EmbeddingSpace
from matching.scoring.language.pseudo_translation import pseudo_translations
from matching.scoring.prior import NEEDS, OFFERS
from matching.scoring.space import KINDS, Space, damping, group, second_scale, shrunk_mean
from matching.scoring.types import Rows, Vector, Vectors

# A space is made anew when some group has grown by half or shrunk to half, and by enough texts
# to matter; a new space means that every score is calculated again.
GROWTH = 1.5
ENOUGH_TEXTS = 20
SAMPLE = 20_000


def current_space(encoder: str) -> Space:
    """The newest space of this encoder; the first is made from the shipped sentences alone."""
    spaces = EmbeddingSpace.objects.filter(encoder=encoder).order_by("-id")
    version = spaces.values_list("version", flat=True).first() or refresh_space(encoder=encoder).version
    return _load(encoder, version)


def space_of(encoder: str, version: str) -> Space:
    """One that a stored score was made in."""
    return _load(encoder, version)


@lru_cache(maxsize=4)
def _load(encoder: str, version: str) -> Space:
    """A version is a hash of the contents, so what it names never changes."""
    spaces = EmbeddingSpace.objects.filter(encoder=encoder, version=version)
    return replace(Space.load(bytes(spaces.values_list("arrays", flat=True)[0])), encoder=encoder)


@transaction.atomic
def refresh_space(*, encoder: str) -> EmbeddingSpace:
    """The space for the catalogue as it is now; unchanged unless the catalogue has changed much."""
    wait_for_lock(MAKING_A_SPACE)
    newest = EmbeddingSpace.objects.filter(encoder=encoder).order_by("-id").first()
    # Counting is cheap, averaging reads every vector.
    if newest and not _has_grown(newest.counts, {name: count for name, count, _ in _groups(encoder, "NULL")}):
        return newest
    # Half precision is enough to keep a vector, not to add up many.
    moments = _groups(encoder, "vector_send(avg({vector}::vector))")
    counts = {name: count for name, count, _ in moments}
    means = {name: read_vectors([mean], single=True)[0] for name, _, mean in moments}
    space = _space(get_embedder(IndexName.read(encoder).encoder), encoder, counts, means)
    return EmbeddingSpace.objects.create(encoder=encoder, version=space.version, counts=counts, arrays=space.dump())


def _has_grown(old: Mapping[str, int], new: Mapping[str, int]) -> bool:
    return any(
        abs(new.get(name, 0) - old.get(name, 0)) >= ENOUGH_TEXTS
        and not 1 / GROWTH < (new.get(name, 0) + 1) / (old.get(name, 0) + 1) < GROWTH
        for name in {*old, *new}
    )


# Of technologies what members may read: every score is made in this space.
_GROUPS = f"""
SELECT CASE WHEN r.technology_id IS NULL THEN 'need' ELSE 'offer' END, p.language, count(*), {{mean}}
  FROM {{table}} p JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.encoder = %s AND (r.technology_id IS NULL OR p.audience <= {LISTS_FOR:d})
 GROUP BY 1, 2
"""
TABLES = {"whole": "matching_wholetext", "passage": "matching_passage"}
# What needs are in other languages, by the language of the documents they are for.
TRANSLATED = ("mix", "names")
_TRANSLATED = """
SELECT '{part}', p.language, count(*), {mean}
  FROM matching_pseudotranslation p JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.encoder = %s GROUP BY 1, 2
"""


def _groups(encoder: str, mean: str) -> list[tuple[str, int, Any]]:
    """`mean`: what is asked of the column {vector} of each group."""
    queries = [
        (kind, _GROUPS.format(mean=mean.format(vector="p.vector"), table=table)) for kind, table in TABLES.items()
    ]
    for part in TRANSLATED:
        queries.append(("whole", _TRANSLATED.format(part=part, mean=mean.format(vector=f"p.{part}"))))
    groups: list[tuple[str, int, Any]] = []
    with connection.cursor() as cursor:
        for kind, query in queries:
            cursor.execute(query, [encoder])
            groups += [(group(side, kind, language), n, found) for side, language, n, found in cursor.fetchall()]
    return groups


def _space(embedder: Embedder, encoder: str, counts: dict[str, int], means: dict[str, Vector]) -> Space:
    priors = _priors(embedder)  # type: ignore[arg-type]
    centres = {
        name: shrunk_mean(means.get(name), counts.get(name, 0), prior.mean(axis=0)) for name, prior in priors.items()
    }
    damped = damping(_sample(encoder, centres), embedder.dimension)
    return Space(centres, damped, second_scale(priors, centres, damped))


@lru_cache(maxsize=2)
def _priors(embedder: Embedder) -> dict[str, Vectors]:
    texts = {
        (side, kind, language): of_language
        for kind in KINDS
        for side, sentences in (("offer", OFFERS), ("need", NEEDS))
        for language, of_language in sentences.items()
    } | {(part, "whole", language): _prior_translated(part, language) for part in TRANSLATED for language in LANGUAGES}
    return {group(*key): vectors_of_priors(embedder, key[1], of_group) for key, of_group in texts.items()}


def _prior_translated(part: str, language: str) -> tuple[str, ...]:
    """What the shipped needs of one other language are for documents of this one."""
    other = next(code for code in LANGUAGES if code != language)
    translated = (each for text in NEEDS[other] for each in pseudo_translations(text, other))
    return tuple(dict.fromkeys(getattr(each, part) for each in translated if each.language == language))


_SAMPLE = f"""
SELECT p.language, halfvec_send(p.vector)
  FROM matching_passage p JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.encoder = %s AND r.technology_id IS NOT NULL AND p.audience <= {LISTS_FOR:d}
 ORDER BY md5(p.id::text) LIMIT %s
"""


def _sample(encoder: str, centres: Mapping[str, Vector]) -> Vectors:
    with connection.cursor() as cursor:
        cursor.execute(_SAMPLE, [encoder, SAMPLE])
        rows = cursor.fetchall()
    if not rows:
        return np.zeros((0, 0), dtype=np.float32)
    shift = np.stack([centres[group("offer", "passage", language)] for language, _ in rows])
    return read_vectors([vector for _, vector in rows]) - shift


def read_vectors(values: Sequence[Any], *, single: bool = False) -> Vectors:
    """From PostgreSQL's binary form: two short numbers, then big-endian floats of half or single precision."""
    if not values:
        return np.zeros((0, 0), dtype=np.float32)
    data = b"".join(bytes(value)[4:] for value in values)
    return np.frombuffer(data, dtype=">f4" if single else ">f2").reshape(len(values), -1).astype(np.float32)


# In the binary form of an array: before everything, and before each of its values.
_ARRAY_HEADER, _VALUE = 20, np.dtype([("length", ">i4"), ("value", ">i8")])


def read_ids(value: Any) -> Rows:
    """From PostgreSQL's binary form of bigint[]: as text, long lists of ids take longer to read than to find."""
    return np.frombuffer(bytes(value)[_ARRAY_HEADER:], dtype=_VALUE)["value"].astype(np.int64)
