"""Which technologies have which lexemes, where a reader may read them."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.db.models.expressions import RawSQL

from kr_ru_platform.running.planning import BY_INDEX_OF_WORDS, planned_with
from matching.domain.index.indexing import index_encoder
from matching.enums import Audience, TechnologyState
from matching.models import IndexRecord
from matching.models.text_index import LEXEME_COLUMNS
from matching.scoring.types import Rows

_POSTINGS_FOR = """
SELECT ARRAY(SELECT r.technology_id FROM matching_indexrecord r JOIN matching_technology t ON t.id = r.technology_id
              WHERE r.{column} @@ q.query::tsquery AND r.encoder = %s AND t.state = %s {among}
              LIMIT %s)
  FROM unnest(%s::text[]) WITH ORDINALITY AS q (query, place)
 ORDER BY q.place
"""


def postings(
    lexemes: Sequence[str], *, prefixes: Mapping[str, str], audience: Audience, most: int, among: Rows | None
) -> list[Rows]:
    """For each lexeme the technologies that have it where this audience may read them, as many as `most`.

    Only published ones: how often a word stands in drafts would be told by the weights that are made from the counts.
    """
    queries = [_tsquery(lexeme, prefixes) for lexeme in lexemes]
    query = _POSTINGS_FOR.format(
        column=LEXEME_COLUMNS[audience], among="" if among is None else "AND r.technology_id = ANY(%s)"
    )
    some = [] if among is None else [among.tolist()]
    with planned_with(BY_INDEX_OF_WORDS) as cursor:
        cursor.execute(query, [index_encoder(), TechnologyState.PUBLISHED, *some, most, queries])
        return [np.array(row[0], dtype=np.int64) for row in cursor.fetchall()]


def _tsquery(lexeme: str, prefixes: Mapping[str, str]) -> str:
    """A lexeme with a prefix is also had by a text with a lexeme that begins so."""
    if lexeme in prefixes:
        return f"{_quoted(lexeme)} | {_quoted(prefixes[lexeme])}:*"
    return _quoted(lexeme)


def with_lexemes(
    lexemes: Sequence[str], *, prefixes: Mapping[str, str], audience: Audience, technology_ids: Sequence[int]
) -> dict[int, set[str]]:
    """Technology → those of the lexemes that it has, where this audience may read them."""
    column = f"matching_indexrecord.{LEXEME_COLUMNS[audience]}"
    queries = [_tsquery(lexeme, prefixes) for lexeme in lexemes]
    checks = ", ".join([f"{column} @@ %s::tsquery"] * len(queries))
    rows = (
        IndexRecord.objects.filter(technology__in=technology_ids, encoder=index_encoder())
        .annotate(found=RawSQL(f"ARRAY[{checks}]", queries))  # noqa: S611 - a column of LEXEME_COLUMNS
        .values_list("technology_id", "found")
    )
    return {i: {lexeme for lexeme, has in zip(lexemes, found, strict=True) if has} for i, found in rows}


_KNOWN = """
SELECT EXISTS(SELECT 1 FROM matching_indexrecord r JOIN matching_technology t ON t.id = r.technology_id
               WHERE r.{column} @@ q.query::tsquery AND r.encoder = %s AND t.state = %s)
  FROM unnest(%s::text[]) WITH ORDINALITY AS q (query, place)
 ORDER BY q.place
"""


def are_known(phrases: Sequence[Sequence[Sequence[Sequence[str]]]], *, audience: Audience) -> list[bool]:
    """Whether one published technology has every word of a phrase where this audience may read it.

    A word is had by any of its ways, a way by all of its lexemes: phrase → word → way → lexemes.
    """
    queries = [" & ".join(f"({_any(word)})" for word in phrase) for phrase in phrases]
    with planned_with(BY_INDEX_OF_WORDS) as cursor:
        query = _KNOWN.format(column=LEXEME_COLUMNS[audience])
        cursor.execute(query, [index_encoder(), TechnologyState.PUBLISHED, queries])
        return [row[0] for row in cursor.fetchall()]


def _any(word: Sequence[Sequence[str]]) -> str:
    return " | ".join(f"({' & '.join(map(_quoted, way))})" for way in word)


def _quoted(lexeme: str) -> str:
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"
