"""What a score rests on, found when somebody asks: the passages that met, the words that both texts have.

Only numbers are stored with a match. Its texts are read again with the weights and the space that
it was scored with; whether they have changed since is told by the revisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from kr_ru_platform.words.reading.folding import detect_language
from matching.domain.finding.candidates import NO_TERMS, columns_of
from matching.domain.index.embedding_spaces import space_of
from matching.domain.index.indexing import index_encoder
from matching.domain.index.need_reading import need_texts
from matching.domain.texts.indexed_texts import readable_stretches, vector_texts
from matching.enums import LISTS_FOR, Audience
from matching.models import EmbeddingSpace, IndexRecord, Match, NeedKey, Passage, ScoringRecord, Technology
from matching.models.need import of_needs
from matching.scoring.components import meaning_pairs
from matching.scoring.language.shared_terms import in_common, weight_of
from matching.scoring.scale import Band
from matching.scoring.space import Space
from matching.scoring.types import Need
from matching.scoring.weights import ScorerStamp

LONGEST_EVIDENCE = 600
# Of 33 pairs read, 7 of the 9 from here on say the same, of the others 6 of 24.
LEAST_SIMILARITY = 0.30


@dataclass(frozen=True)
class PassagesThatMet:
    """The passages that met, and whether a text is another one than when the match was scored."""

    pairs: Sequence[dict[str, Any]]
    has_changed: bool


def met_passages(match: Match) -> PassagesThatMet:
    """For each passage of the need the nearest of the technology; with each the audience that may read it.

    Nearest is not near: below a floor, and in what is a weak candidate at best, sentences meet by chance.
    """
    space, record = _space_of(match), _index_of(match)
    if space is None or record is None:
        return PassagesThatMet([], False)
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
        if int(columns.passage_ids[place]) in near and similarity >= LEAST_SIMILARITY
    ]
    return PassagesThatMet([] if match.band == Band.WEAK else pairs, is_behind or _has_changed(match, record, offered))


def _as_now(near: dict[int, Passage], technology: Technology) -> dict[int, Passage]:
    """Without what has been taken out of the technology since it was read, and with who may read the rest now."""
    cut = sorted(vector_texts(readable_stretches(technology)), key=lambda piece: -piece.audience)
    audiences = {piece.text: piece.audience for piece in cut if piece.position}
    for passage in near.values():
        passage.audience = audiences.get(passage.text, Audience.CENTRE)
    return {pk: passage for pk, passage in near.items() if passage.text in audiences}


def _space_of(match: Match) -> Space | None:
    """The one it was scored in, while its encoder still answers."""
    version = ScorerStamp.read(match.scorer_version).space
    encoder = index_encoder()
    if not EmbeddingSpace.objects.filter(encoder=encoder, version=version).exists():
        return None
    return space_of(encoder, version)


def _index_of(match: Match) -> IndexRecord | None:
    """Places of the need's passages."""
    records = IndexRecord.objects.filter(technology=None, encoder=index_encoder())
    return records.filter(**match.need_columns).first()


def _need(passages: Sequence[Passage], space: Space) -> Need:
    language = passages[0].language if passages else ""
    raw = np.array([passage.vector for passage in passages], dtype=np.float32)
    placed = space.place(raw, side="need", kind="passage", language=language) if passages else raw.reshape(0, 0)
    return Need(language=language, whole=np.zeros(0, dtype=np.float32), passages=placed)


def _has_changed(match: Match, record: IndexRecord, offered: IndexRecord | None) -> bool:
    scored = ScoringRecord.objects.filter(technology=match.technology_id).values_list("revision", flat=True).first()
    own = ScoringRecord.objects.filter(**match.need_columns, technology=None).first()
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
    """Match → by the code of the part: the terms that both texts have, rarest first, as each of them writes them.

    With each the audience that may read it in the technology: nobody learns a word that they may not read. Only what
    counted when the pair was scored is told, and of that only what stands as a word in both texts.
    """
    weights = _weights_of(matches)
    needs = [match.need for match in matches if match.need_key in weights]
    own = need_texts(needs, index_encoder() if any(need.may_hold_background for need in needs) else "")
    offers: dict[int, list[ReadableText]] = {}
    found: dict[int, dict[str, Any]] = {}
    for match in matches:
        if match.need_key in weights:
            if match.technology_id not in offers:
                offers[match.technology_id] = _readable(match.technology)
            text = own[match.need_key]
            language = detect_language(text) or match.need.language
            terms = _shared(text, language, weights[match.need_key], offers[match.technology_id])
            found[match.pk] = {"shared_terms": {"terms": terms}}
    return found


def _weights_of(matches: Sequence[Match]) -> dict[NeedKey, dict[str, float]]:
    """Need → the weight that each of its lexemes had when it was scored."""
    records = ScoringRecord.objects.filter(of_needs([match.need_key for match in matches]))
    rows = records.values_list("demand_id", "profile_id", "term_weights")
    return {(demand, profile): weights for demand, profile, weights in rows if weights}


class ReadableText(NamedTuple):
    """One language version of a technology, as far as an audience may read it."""

    audience: Audience
    language: str
    text: str


def _readable(technology: Technology) -> list[ReadableText]:
    """The texts as they are now; what everybody may read first.

    A score rests on what members may read, so nothing else explains it.
    """
    texts: dict[tuple[Audience, str], list[str]] = {}
    for part in readable_stretches(technology):
        if part.audience <= LISTS_FOR:
            texts.setdefault((part.audience, part.language), []).append(part.text)
    return [ReadableText(*key, "\n".join(of)) for key, of in sorted(texts.items(), key=lambda item: item[0])]


def _shared(text: str, language: str, weights: dict[str, float], offers: list[ReadableText]) -> list[dict[str, Any]]:
    """Of each term the widest audience, and there the text in the need's language before any other."""
    told: dict[str, dict[str, Any]] = {}
    for offer in sorted(offers, key=lambda offer: (offer.audience, offer.language != language)):
        for shared in in_common(text, offer.text):
            weight = weight_of(shared.key, weights)
            if weight > 0 and shared.key not in told:
                about = {"audience": int(offer.audience), "offer": shared.other, "offer_lang": offer.language}
                told[shared.key] = {"term": shared.one, **about, "weight": round(weight, 4)}
    # Words of the need that name several notions: told once, and rather by a word of the same language.
    ordered = sorted(told.values(), key=lambda term: (term["offer_lang"] != language, -term["weight"], term["term"]))
    once = {term["term"]: term for term in reversed(ordered)}.values()
    apart = [term for term in once if not any(_is_told_by(term, other) for other in once)]
    return sorted(apart, key=lambda term: (-term["weight"], term["term"]))


def _is_told_by(term: dict[str, Any], other: dict[str, Any]) -> bool:
    """A part of a longer term, met in a text of another language than that one."""
    is_part = term["term"] != other["term"] and term["term"] in other["term"]
    return is_part and term["offer_lang"] != other["offer_lang"]
