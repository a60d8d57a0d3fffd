"""Needs by the thousand as the bulk scoring wants them, and the rarity of all their terms at once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection
from django.db.models import Count
from django.db.models.functions import Coalesce

from kr_ru_platform.words.reading.folding import LANGUAGES
from matching.domain.finding.candidates import are_for_all, is_distinctive, term_weight
from matching.domain.index.embedding_spaces import TABLES, TRANSLATED
from matching.domain.index.indexing import term_id
from matching.domain.runs.bulk_reading import copied_vectors, placed_vectors, read_numbers
from matching.enums import Audience
from matching.models import Feedback, IndexRecord, NeedKey, OfNeed, ScoringRecord
from matching.models.text_index import LEXEME_COLUMNS
from matching.scoring.bulk.blocks import Needs
from matching.scoring.space import Space
from matching.scoring.types import Need, Rows, Vectors, Weights
from matching.scoring.weights import Scorer, ScorerStamp, Shares, weights_for

TECHNOLOGIES_AT_ONCE = 5_000
_NO_PASSAGES = np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class NeedTerms:
    """The lexemes of a need that carry weight, as numbers."""

    ids: Rows
    weights: npt.NDArray[np.float32]
    are_for_all: bool


NO_NEED_TERMS = NeedTerms(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), False)


@dataclass(frozen=True)
class NeedRow(OfNeed):
    """A need as its scoring record knows it; `revision` is that of the need itself."""

    record_id: int
    demand_id: int | None
    profile_id: int | None
    revision: int
    field: str
    minimum_trl: int | None
    transfer_modes: tuple[str, ...]
    preferences: Mapping[str, str]

    def scored_with(self, usual: str) -> str:
        """Its scorer version where `usual` is that of needs without preferences."""
        return str(ScorerStamp.read(usual).bent_by(self.preferences))

    def weights(self, usual: Weights) -> Weights:
        return weights_for(self.preferences, usual)


def need_rows(record_ids: Sequence[int]) -> list[NeedRow]:
    """In the order of their records; what has been deleted since is left out."""
    columns = ("pk", "demand_id", "profile_id", "row_revision", "row_field")
    demand_columns = ("demand__minimum_trl", "demand__transfer_modes", "demand__preferences")
    records = ScoringRecord.objects.filter(pk__in=list(record_ids), technology=None).order_by("pk")
    records = records.annotate(
        row_revision=Coalesce("demand__revision", "profile__revision"),
        row_field=Coalesce("demand__field", "profile__field"),
    )
    found: Any = records.values_list(*columns, *demand_columns)
    return [
        NeedRow(pk, demand, profile, revision, field, trl, tuple(sorted(modes or ())), preferences or {})
        for pk, demand, profile, revision, field, trl, modes, preferences in found
    ]


def read_needs(
    rows: Sequence[NeedRow], terms: Mapping[int, NeedTerms], *, keep: Rows, space: Space, scorer: Scorer
) -> Needs:
    """Row i of everything is `rows[i]`. A need that says nothing has a vector of zeros."""
    ids = np.array([row.record_id for row in rows], dtype=np.int64)
    wholes, languages = _placed_needs(ids, space)
    toward = _toward_languages(ids, wholes, space=space, shares=scorer.formula.shares)
    own = [terms.get(row.record_id, NO_NEED_TERMS) for row in rows]
    lengths = np.linalg.norm(wholes[:, : len(space.damping)], axis=1, keepdims=True)
    return Needs(
        facts=[
            _need(row, LANGUAGES[code], found.are_for_all)
            for row, code, found in zip(rows, languages, own, strict=True)
        ],
        wholes=toward,
        # What passages are compared with: see Need.probe_toward.
        probes={code: met[:, : len(space.damping)] / np.maximum(lengths, 1e-9) for code, met in toward.items()},
        are_silent=~np.any(wholes, axis=1),
        term_starts=np.cumsum([0, *(len(found.ids) for found in own)]),
        terms=np.concatenate([np.zeros(0, dtype=np.int64), *(found.ids for found in own)]),
        term_weights=np.concatenate([np.zeros(0, dtype=np.float32), *(found.weights for found in own)]),
        weights=[row.weights(scorer.weights) for row in rows],
        keep=keep,
    )


def _placed_needs(ids: Rows, space: Space) -> tuple[Vectors, Rows]:
    """The whole text of each need, and the place of its language."""
    read = copied_vectors(_of_needs(_WHOLE), [list(LANGUAGES), ids.tolist(), space.encoder] * 2)
    wholes = np.zeros((len(ids), read["vector"].shape[1]), dtype=np.float32)
    languages = np.zeros(len(ids), dtype=np.int64)
    places = np.searchsorted(ids, read["owner"].astype(np.int64))
    wholes[places] = placed_vectors(read, side="need", kind="whole", space=space)
    languages[places] = read["language"].astype(np.int64) - 1
    return wholes, languages


def _toward_languages(ids: Rows, wholes: Vectors, *, space: Space, shares: Shares | None) -> dict[str, Vectors]:
    """By language: the needs as its texts meet them."""
    toward = dict.fromkeys(LANGUAGES, wholes)
    asked = [list(LANGUAGES), ids.tolist(), space.encoder]
    queries = {part: _of_needs(_TRANSLATED.replace("{part}", part)) for part in TRANSLATED}
    read = {part: copied_vectors(query, asked * 2) for part, query in queries.items()}
    for place, code in enumerate(LANGUAGES, start=1):
        chosen = {part: rows[rows["language"] == place] for part, rows in read.items()}
        if shares is None or not len(chosen["mix"]) or not space.knows("mix", "whole", code):
            continue
        rows = np.searchsorted(ids, chosen["mix"]["owner"].astype(np.int64))
        parts = (placed_vectors(chosen[part], side=part, kind="whole", space=space) for part in TRANSLATED)
        toward[code] = wholes.copy()
        toward[code][rows] = shares.joined(wholes[rows], *parts)
    return toward


def _need(row: NeedRow, language: str, has_terms_for_all: bool) -> Need:
    return Need(
        language=language,
        whole=_NO_PASSAGES,
        passages=_NO_PASSAGES,
        field=row.field,
        minimum_trl=row.minimum_trl,
        transfer_modes=frozenset(row.transfer_modes),
        has_terms_for_all=has_terms_for_all,
    )


_WHOLE = f"""
SELECT s.id::bigint, p.id::bigint, array_position(%s::text[], p.language::text)::smallint, p.vector
  FROM matching_scoringrecord s
  JOIN matching_indexrecord r ON r.{{owner}}_id = s.{{owner}}_id
  JOIN {TABLES["whole"]} p ON p.record_id = r.id
 WHERE s.id = ANY(%s) AND r.encoder = %s
"""
_TRANSLATED = """
SELECT s.id::bigint, p.id::bigint, array_position(%s::text[], p.language::text)::smallint, p.{part}
  FROM matching_scoringrecord s
  JOIN matching_indexrecord r ON r.{owner}_id = s.{owner}_id
  JOIN matching_pseudotranslation p ON p.record_id = r.id
 WHERE s.id = ANY(%s) AND r.encoder = %s
"""
_TERM_IDS = """
SELECT s.id, array_send(r.term_ids)
  FROM matching_scoringrecord s
  JOIN matching_indexrecord r ON r.{owner}_id = s.{owner}_id
 WHERE s.id = ANY(%s) AND r.encoder = %s
"""
_LEXEMES = f"""
SELECT s.id, tsvector_to_array(r.{LEXEME_COLUMNS[Audience.CENTRE]})
  FROM matching_scoringrecord s
  JOIN matching_indexrecord r ON r.{{owner}}_id = s.{{owner}}_id
 WHERE s.id = ANY(%s) AND r.encoder = %s
"""


def _of_needs(query: str) -> str:
    return " UNION ALL ".join(query.format(owner=owner) for owner in ("demand", "profile"))


def _found(query: str, record_ids: Sequence[int], encoder: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_of_needs(query), [list(record_ids), encoder] * 2)
        return cursor.fetchall()


def lexemes_of(record_ids: Sequence[int], *, encoder: str) -> dict[int, list[str]]:
    return dict(_found(_LEXEMES, record_ids, encoder))


def kept_by(rows: Sequence[NeedRow], usually: int) -> Rows:
    """How many matches each need keeps: what is marked not relevant takes nobody's place."""
    marks = Feedback.objects.in_force().order_by()
    counts: Counter[NeedKey] = Counter()
    for demand_id, profile_id, count in marks.values_list("demand_id", "profile_id").annotate(Count("id")):
        counts[demand_id, profile_id] = count
    return np.array([usually + counts[row.need_key] for row in rows], dtype=np.int64)


class Vocabulary:
    """Every lexeme of some needs with the weight that it has in the catalogue as it is now."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        ids = np.array([term_id(lexeme) for lexeme in weights], dtype=np.int64)
        order = np.argsort(ids)
        self.ids = ids[order]
        self.values = np.array(list(weights.values()), dtype=np.float32)[order]
        self.for_all = np.array([are_for_all([lexeme]) for lexeme in weights], dtype=bool)[order]

    def terms_of(self, record_ids: Sequence[int], *, encoder: str) -> dict[int, NeedTerms]:
        return {owner: self._terms(read_numbers(sent)) for owner, sent in _found(_TERM_IDS, record_ids, encoder)}

    def _terms(self, numbers: Rows) -> NeedTerms:
        places = np.searchsorted(self.ids, numbers)
        places = places[(places < len(self.ids)) & (self.ids[np.minimum(places, len(self.ids) - 1)] == numbers)]
        weighty = places[self.values[places] > 0]
        return NeedTerms(self.ids[weighty], self.values[weighty], bool(self.for_all[places].any()))


def vocabulary_of(record_ids: Sequence[int], *, encoder: str, scorer: Scorer) -> Vocabulary:
    """How rare each distinctive lexeme of these needs is among all published technologies."""
    needs = {lexeme for found in lexemes_of(record_ids, encoder=encoder).values() for lexeme in found}
    lexemes = sorted(lexeme for lexeme in needs if is_distinctive(lexeme) and scorer.knows(lexeme))
    numbers = np.array([term_id(lexeme) for lexeme in lexemes], dtype=np.int64)
    order = np.argsort(numbers)
    counts = np.zeros(len(numbers), dtype=np.int64)
    total = 0
    for count, terms in _terms_of_technologies(encoder):
        total += count
        places = np.searchsorted(numbers[order], terms)
        places[places == len(numbers)] = 0
        is_known = numbers[order][places] == terms if len(numbers) else np.zeros(len(terms), dtype=bool)
        counts += np.bincount(places[is_known], minlength=len(numbers))
    found = dict(zip(order.tolist(), counts.tolist(), strict=True))
    return Vocabulary({lexeme: term_weight(lexeme, found[i], total) for i, lexeme in enumerate(lexemes)})


def _terms_of_technologies(encoder: str) -> Iterator[tuple[int, Rows]]:
    """Some technologies at a time: how many, and all their terms."""
    records = IndexRecord.objects.of_published().filter(encoder=encoder).order_by("technology_id")
    ids = list(records.values_list("technology_id", flat=True))
    for start in range(0, len(ids), TECHNOLOGIES_AT_ONCE):
        chosen = ids[start : start + TECHNOLOGIES_AT_ONCE]
        with connection.cursor() as cursor:
            cursor.execute(_TERMS_OF_TECHNOLOGIES, [chosen, encoder])
            read = [read_numbers(sent) for (sent,) in cursor.fetchall()]
        yield len(read), np.concatenate(read) if read else np.zeros(0, dtype=np.int64)


_TERMS_OF_TECHNOLOGIES = """
SELECT array_send(term_ids) FROM matching_indexrecord WHERE technology_id = ANY(%s) AND encoder = %s
"""


def terms_of_weights(weights: Mapping[str, float]) -> NeedTerms:
    """From what is stored with a need that has been scored."""
    weighty = [(term_id(lexeme), weight) for lexeme, weight in weights.items() if weight > 0]
    return NeedTerms(
        np.array([number for number, _ in weighty], dtype=np.int64),
        np.array([weight for _, weight in weighty], dtype=np.float32),
        are_for_all(weights),
    )
