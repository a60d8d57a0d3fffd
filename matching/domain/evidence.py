"""What a score rests on, found when somebody asks: the passages that met, the words that both texts have.

Only numbers are stored with a match. Its texts are read again with the weights and the space that
it was scored with; whether they have changed since is told by the revisions.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matching.domain.candidates import NO_TERMS, columns_of
from matching.domain.indexing import index_encoder, need_parts
from matching.domain.pieces import pieces, technology_parts
from matching.domain.spaces import space_of
from matching.enums import LISTS_FOR, Audience
from matching.models import EmbeddingSpace, IndexRecord, Match, Passage, ScoringRecord, Technology
from matching.scoring.components import meaning_pairs
from matching.scoring.notions import all_lexemes, surfaces
from matching.scoring.space import Space
from matching.scoring.types import Need

LONGEST_EVIDENCE = 600
# A score rests on what members may read, so nothing else explains it.
COLUMNS = ("public_lexemes", "member_lexemes")
AUDIENCES = (Audience.PUBLIC, LISTS_FOR)


@dataclass(frozen=True)
class Met:
    """The passages that met, and whether a text is another one than when the match was scored."""

    pairs: Sequence[dict[str, Any]]
    has_changed: bool


def met_passages(match: Match) -> Met:
    """For each passage of the need the nearest of the technology; with each the audience that may read it."""
    space, record = _space_of(match), _index_of(match)
    if space is None or record is None:
        return Met([], False)
    offered = IndexRecord.objects.filter(technology=match.technology_id, encoder=record.encoder).first()
    is_behind = offered is not None and offered.revision != match.technology.revision
    passages = list(record.passages.order_by("position"))
    need = _need(passages, space)
    columns = columns_of([match.technology_id], space=space, shared=NO_TERMS)
    found = meaning_pairs(need, columns, 0)
    near = Passage.objects.in_bulk([int(columns.passage_ids[place]) for _, place, _ in found])
    if is_behind:
        near = _as_now(near, match.technology)
    pairs = [
        _pair(passages[i], near[int(columns.passage_ids[place])], similarity)
        for i, place, similarity in found
        if int(columns.passage_ids[place]) in near
    ]
    return Met(pairs, is_behind or _has_changed(match, record, offered))


def _as_now(near: dict[int, Passage], technology: Technology) -> dict[int, Passage]:
    """Without what has been taken out of the technology since it was read, and with who may read the rest now."""
    cut = sorted(pieces(technology_parts(technology)), key=lambda piece: -piece.audience)
    audiences = {piece.text: piece.audience for piece in cut if piece.position}
    for passage in near.values():
        passage.audience = audiences.get(passage.text, Audience.CENTRE)
    return {pk: passage for pk, passage in near.items() if passage.text in audiences}


def _space_of(match: Match) -> Space | None:
    """The one it was scored in, while its encoder still answers."""
    version = match.scorer_version.partition("+")[0].rpartition("-")[2]
    encoder = index_encoder()
    if not EmbeddingSpace.objects.filter(encoder=encoder, version=version).exists():
        return None
    return space_of(encoder, version)


def _index_of(match: Match) -> IndexRecord | None:
    """Of the need."""
    records = IndexRecord.objects.filter(technology=None, encoder=index_encoder())
    return records.filter(demand=match.demand_id, profile=match.profile_id).first()


def _need(passages: Sequence[Passage], space: Space) -> Need:
    language = passages[0].language if passages else ""
    raw = np.array([passage.vector for passage in passages], dtype=np.float32)
    placed = space.place(raw, side="need", kind="passage", language=language) if passages else raw.reshape(0, 0)
    return Need(language=language, whole=np.zeros(0, dtype=np.float32), passages=placed)


def _has_changed(match: Match, record: IndexRecord, offered: IndexRecord | None) -> bool:
    scored = ScoringRecord.objects.filter(technology=match.technology_id).values_list("revision", flat=True).first()
    own = ScoringRecord.objects.filter(demand=match.demand_id, profile=match.profile_id, technology=None).first()
    is_other_need = own is not None and own.revision != record.revision
    return is_other_need or (offered is not None and scored is not None and offered.revision != scored)


def _pair(own: Passage, met: Passage, similarity: float) -> dict[str, Any]:
    return {
        "need_text": own.text[:LONGEST_EVIDENCE],
        "need_lang": own.language,
        "offer_text": met.text[:LONGEST_EVIDENCE],
        "offer_lang": met.language,
        "offer_audience": met.audience,
        "similarity": round(similarity, 4),
    }


def shared_words(matches: Sequence[Match]) -> dict[int, dict[str, Any]]:
    """Match → by the code of the part: the need's own words for what both texts have, rarest first.

    With each the audience that may read it in the technology: nobody learns a word that they may not read.
    """
    weights = _weights_of(matches)
    lexemes_by_technology = _lexemes_of({match.technology for match in matches}) if weights else {}
    words_by_need: dict[Any, dict[str, str]] = {}
    found: dict[int, dict[str, Any]] = {}
    for match in matches:
        owner = (match.demand_id, match.profile_id)
        if owner in weights and match.technology_id in lexemes_by_technology:
            if owner not in words_by_need:
                words_by_need[owner] = _words_of(match)
            offered = lexemes_by_technology[match.technology_id]
            terms = _shared(weights[owner], words_by_need[owner], offered)
            found[match.pk] = {"shared_terms": {"terms": terms}}
    return found


def _weights_of(matches: Sequence[Match]) -> dict[Any, dict[str, float]]:
    """Need → the weight that each of its lexemes had when it was scored."""
    records = ScoringRecord.objects.filter(demand__in={m.demand_id for m in matches if m.demand_id})
    records |= ScoringRecord.objects.filter(profile__in={m.profile_id for m in matches if m.profile_id})
    rows = records.values_list("demand_id", "profile_id", "term_weights")
    return {(demand, profile): weights for demand, profile, weights in rows if weights}


def _lexemes_of(technologies: Collection[Technology]) -> dict[int, list[set[str]]]:
    """Technology → its lexemes for each of AUDIENCES, from its texts where the index is behind them."""
    records = IndexRecord.objects.filter(technology__in=technologies, encoder=index_encoder())
    rows = records.extra(  # noqa: S610 - fixed names of columns
        select={f"in_{column}": f"tsvector_to_array({column})" for column in COLUMNS}
    ).values_list("technology_id", "revision", *(f"in_{column}" for column in COLUMNS))
    by_id = {technology.pk: technology for technology in technologies}
    return {
        pk: [set(found) for found in columns] if revision == by_id[pk].revision else _lexemes_now(by_id[pk])
        for pk, revision, *columns in rows
    }


def _lexemes_now(technology: Technology) -> list[set[str]]:
    parts = [(part.audience, all_lexemes(part.text)) for part in technology_parts(technology)]
    return [{lexeme for audience, found in parts if audience <= level for lexeme in found} for level in AUDIENCES]


def _words_of(match: Match) -> dict[str, str]:
    """Lexeme → how the need writes it."""
    need = match.demand or match.profile
    return surfaces("\n".join(part.text for part in need_parts(need))) if need else {}


def _shared(weights: dict[str, float], word_of: dict[str, str], offered: list[set[str]]) -> list[dict[str, Any]]:
    found: dict[str, int] = {}
    for lexeme, weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        audience = next((level for level, has in zip(AUDIENCES, offered, strict=True) if lexeme in has), None)
        if weight > 0 and audience is not None and lexeme in word_of:
            word = word_of[lexeme]
            found[word] = min(int(audience), found.get(word, int(audience)))
    return [{"term": word, "audience": audience} for word, audience in found.items()]
