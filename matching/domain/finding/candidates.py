"""The one home of the SQL that finds technologies: by vectors and by words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import log
from typing import Any

import numpy as np
from django.db import connection

from kr_ru_platform.running.planning import BY_INDEX_OF_WORDS, planned_with
from matching.domain.index.distances import Distance
from matching.domain.index.embedding_spaces import TABLES, read_ids, read_vectors
from matching.domain.index.indexing import index_encoder
from matching.enums import LISTS_FOR, Audience, TechnologyState
from matching.models import IndexRecord, Technology
from matching.models.text_index import LEXEME_COLUMNS
from matching.scoring.language.notions import PREFIX
from matching.scoring.space import Space
from matching.scoring.types import Columns, Rows, Vectors

BY_WORDS = 100
WEIGHT_DIGITS = 4
# So many that have a lexeme are listed at least.
ALWAYS_LISTED = 5_000


@dataclass(frozen=True)
class SharedTerms:
    """For each technology the weight of the lexemes it shares with the need, by their rarity."""

    weights: dict[int, float]
    # The need's distinctive lexemes with the weight of each, also of those that nobody shares.
    of_need: dict[str, float]


NO_TERMS = SharedTerms({}, {})


@dataclass(frozen=True)
class Closest:
    """Which passages of a technology are looked at: so many of the nearest."""

    distance: Distance
    each: int


def columns_of(
    technology_ids: Collection[int],
    *,
    space: Space,
    shared: SharedTerms,
    audience: Audience = LISTS_FOR,
    closest: Closest | None = None,
) -> Columns:
    """Everything the signals look at for these technologies; those without an index are left out.

    `closest`: of each technology only the passages that are nearest to something, where it is read once only.
    """
    indexed = IndexRecord.objects.filter(encoder=space.encoder, technology_id__in=technology_ids)
    technologies = list(
        Technology.objects.published()
        .filter(id__in=indexed.values("technology_id"))
        .order_by("id")
        .values_list("id", "field", "trl", "transfer_modes")
    )
    ids = [row[0] for row in technologies]
    row_of = {technology_id: row for row, technology_id in enumerate(ids)}
    stored = {
        "whole": _vectors("whole", ids, space.encoder, audience),
        "passage": _vectors("passage", ids, space.encoder, audience, closest),
    }
    wholes = _vectors_in_space(stored["whole"], "whole", space, row_of)
    passages = _vectors_in_space(stored["passage"], "passage", space, row_of)
    languages: list[set[str]] = [set() for _ in ids]
    for technology_id, _, language, _ in stored["whole"]:
        languages[row_of[technology_id]].add(language)
    return Columns(
        ids=np.array(ids, dtype=np.int64),
        wholes=wholes[0],
        whole_rows=wholes[1],
        passages=passages[0],
        passage_rows=passages[1],
        passage_ids=passages[2],
        whole_languages=wholes[3],
        passage_languages=passages[3],
        fields=tuple(row[1] for row in technologies),
        trls=tuple(row[2] for row in technologies),
        transfer_modes=tuple(frozenset(row[3]) for row in technologies),
        languages=tuple(frozenset(found) for found in languages),
        term_weights=np.array([shared.weights.get(i, 0.0) for i in ids]),
    )


_POSTINGS = """
SELECT array_send(ARRAY(
         SELECT r.technology_id FROM matching_indexrecord r
          WHERE r.{column} @@ (quote_literal(l.lexeme))::tsquery AND r.encoder = %s
            AND r.technology_id IS NOT NULL
          LIMIT CASE WHEN starts_with(l.lexeme, %s) THEN NULL ELSE %s END))
  FROM unnest(%s::text[]) WITH ORDINALITY AS l (lexeme, place)
 ORDER BY l.place
"""


def terms_shared_with_all(lexemes: Sequence[str], *, audience: Audience = LISTS_FOR) -> SharedTerms:
    """Every published technology that shares a distinctive lexeme, with the rarity of what it shares."""
    wanted = [lexeme for lexeme in lexemes if is_distinctive(lexeme)]
    if not wanted:
        return NO_TERMS
    encoder = index_encoder()
    hidden = _not_published()
    total = _count_indexed(encoder)
    # A word in a tenth of all texts weighs nothing, however many more have it; a notion always something.
    most = max(ALWAYS_LISTED, total // 10 + 2) + len(hidden)
    with planned_with(BY_INDEX_OF_WORDS) as cursor:
        cursor.execute(_POSTINGS.format(column=LEXEME_COLUMNS[audience]), [encoder, PREFIX, most, wanted])
        found = [read_ids(row[0]) for row in cursor.fetchall()]
    postings = [ids[~np.isin(ids, hidden)] for ids in found]
    of_need = {lexeme: term_weight(lexeme, len(ids), total) for lexeme, ids in zip(wanted, postings, strict=True)}
    return SharedTerms(_summed(wanted, postings, of_need), of_need)


def _count_indexed(encoder: str) -> int:
    """Published ones. Those that are not are few, and counting the others one by one takes longer."""
    records = IndexRecord.objects.filter(encoder=encoder, technology__isnull=False)
    return records.count() - records.exclude(technology__state=TechnologyState.PUBLISHED).count()


def _not_published() -> Rows:
    others = Technology.objects.filter(
        state__in=[state for state in TechnologyState if state != TechnologyState.PUBLISHED]
    )
    return np.array(others.order_by().values_list("id", flat=True), dtype=np.int64)


def _summed(lexemes: Sequence[str], postings: Sequence[Rows], weights: Mapping[str, float]) -> dict[int, float]:
    """Technology → the sum of the weights of its lexemes, always added up in the same order."""
    weighty = sorted((lexeme, i) for i, lexeme in enumerate(lexemes) if weights[lexeme] > 0)
    if not weighty:
        return {}
    ids, places = np.unique(np.concatenate([postings[i] for _, i in weighty]), return_inverse=True)
    each = np.repeat([weights[lexeme] for lexeme, _ in weighty], [len(postings[i]) for _, i in weighty])
    sums = np.bincount(places, weights=each, minlength=len(ids))
    return dict(zip(ids.tolist(), sums.tolist(), strict=True))


def is_distinctive(lexeme: str) -> bool:
    """A bare number is shared by chance; a formula or an abbreviation is not."""
    return not (lexeme.startswith("x:") and lexeme[2:].replace(".", "").replace(",", "").isdigit())


def are_for_all(lexemes: Iterable[str]) -> bool:
    """Whether some of them may occur in a text of any script."""
    return any(lexeme[0] in "exn" and is_distinctive(lexeme) for lexeme in lexemes)


# What the rarest notion weighs, and in how small a catalogue the rare can be told from the common at all.
RAREST = 6.0
SMALLEST_CATALOGUE = 20


def term_weight(lexeme: str, count: int, total: int) -> float:
    """By rarity; a pair of Korean syllables is half a word, and a common notion still says something.

    One that no text has weighs as if one had it: somebody may write that text tomorrow. The rarest notion weighs the
    same in every catalogue, so that a score says the same among twenty technologies and among a million.
    """
    count, total = max(1, count), max(total, SMALLEST_CATALOGUE)
    if lexeme.startswith(PREFIX):
        weight = _notion_rarity(count, total)
    else:
        weight = rarity(count, total) * (0.5 if lexeme.startswith("k:") else 1.0)
    return round(RAREST * weight / _notion_rarity(1, total), WEIGHT_DIGITS)


def _notion_rarity(count: int, total: int) -> float:
    return log(1 + (max(0, total - count) + 0.5) / (count + 0.5))


def rarity(count: int, total: int) -> float:
    """Words in a tenth of all texts or more say nothing; a small catalogue cannot tell rare from common."""
    return max(0.0, log((total + 10) / (count + 0.5)) - log(10))


def best_by_words(shared: SharedTerms) -> list[int]:
    return nsmallest(BY_WORDS, shared.weights, key=lambda i: (-shared.weights[i], i))


_OF_TECHNOLOGIES = """
  FROM {table} p JOIN matching_indexrecord r ON r.id = p.record_id
 WHERE r.technology_id = ANY(%s) AND r.encoder = %s AND p.audience <= %s
"""
_VECTORS = f"""
SELECT r.technology_id, p.id, p.language, halfvec_send(p.vector) {_OF_TECHNOLOGIES}
 ORDER BY r.technology_id, p.id
"""
_CLOSEST = f"""
SELECT n.technology_id, n.id, n.language, halfvec_send(n.vector)
  FROM (SELECT r.technology_id, p.id, p.language, p.vector,
               row_number() OVER (PARTITION BY r.technology_id ORDER BY {{distance}}, p.id) AS place
          {_OF_TECHNOLOGIES}) n
 WHERE n.place <= %s
 ORDER BY n.technology_id, n.id
"""


def _vectors(
    kind: str, technology_ids: list[int], encoder: str, audience: Audience, closest: Closest | None = None
) -> list[Any]:
    rows: list[Any] = [technology_ids, encoder, audience]
    with connection.cursor() as cursor:
        if closest:
            query = _CLOSEST.format(table=TABLES[kind], distance=closest.distance.sql)
            cursor.execute(query, [*closest.distance.values, *rows, closest.each])
        else:
            cursor.execute(_VECTORS.format(table=TABLES[kind]), rows)
        return cursor.fetchall()


def _vectors_in_space(items: list[Any], kind: str, space: Space, row_of: dict[int, int]) -> tuple[Any, Any, Any, Any]:
    raw = read_vectors([item[3] for item in items])
    # Without any text still as wide as the space: a whole text may have two encoders' vectors.
    placed = np.zeros((len(items), raw.shape[1] or len(space.mean("offer", kind, "en"))), dtype=np.float32)
    languages = np.array([item[2] for item in items], dtype=np.str_)
    for language in set(languages.tolist()):
        chosen = languages == language
        placed[chosen] = space.place(raw[chosen], side="offer", kind=kind, language=language)
    rows = np.array([row_of[item[0]] for item in items], dtype=np.int64)
    return placed, rows, np.array([item[1] for item in items], dtype=np.int64), languages


def placed_texts(
    technology_ids: Sequence[int], *, kind: str, space: Space, audience: Audience
) -> tuple[list[tuple[int, str]], Vectors]:
    """What this audience may read of these technologies: (technology, language) of each text, and its vector."""
    stored = _vectors(kind, list(technology_ids), space.encoder, audience)
    if not stored:
        return [], np.zeros((0, len(space.mean("offer", kind, "en"))), dtype=np.float32)
    placed, *_ = _vectors_in_space(stored, kind, space, dict.fromkeys(technology_ids, 0))
    return [(technology_id, language) for technology_id, _, language, _ in stored], placed


_COUNTS = """
SELECT l.lexeme, count(*)
  FROM unnest(%s::text[]) AS l (lexeme)
  JOIN matching_indexrecord r ON r.{column} @@ (quote_literal(l.lexeme))::tsquery
 WHERE r.encoder = %s AND r.technology_id IS NOT NULL
 GROUP BY l.lexeme
"""


def rarities(lexemes: Collection[str], *, audience: Audience) -> dict[str, float]:
    """How much each of these words and notions says about a technology that has it where this audience may read it."""
    encoder = index_encoder()
    total = IndexRecord.objects.filter(encoder=encoder, technology__isnull=False).count()
    with planned_with(BY_INDEX_OF_WORDS) as cursor:
        cursor.execute(_COUNTS.format(column=LEXEME_COLUMNS[audience]), [sorted(lexemes), encoder])
        return {lexeme: term_weight(lexeme, count, total) for lexeme, count in cursor.fetchall()}
