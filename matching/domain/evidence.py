"""What a score rests on: the pairs of passages that met, the shared words, the facts compared."""

from collections.abc import Sequence
from typing import Any

from matching.domain.indexing import index_encoder
from matching.enums import Audience
from matching.models import IndexRecord, Passage
from matching.scoring.components import meaning_pairs, plain_evidence
from matching.scoring.notions import surfaces
from matching.scoring.types import Columns, MatchScore, Need

LONGEST_EVIDENCE = 600


def add_evidence(
    scored: Sequence[MatchScore], *, need: Need, text: str, wanted: Sequence[str], columns: Columns
) -> None:
    """Into the components of each score: the passages that met, the shared words, the facts."""
    pairs = {match.row: meaning_pairs(need, columns, match.row) for match in scored}
    near = {int(columns.passage_ids[place]) for found in pairs.values() for _, place, _ in found}
    passages = Passage.objects.in_bulk(near)
    terms = _terms(text, wanted, columns, scored)
    for match in scored:
        shown = [
            _pair(need, i, passages[int(columns.passage_ids[place])], similarity)
            for i, place, similarity in pairs[match.row]
            if int(columns.passage_ids[place]) in passages
        ]
        evidence = {
            **plain_evidence(need, columns, match.row),
            "meaning": {"pairs": shown},
            "shared_terms": {"terms": terms[match.row]},
        }
        for component in match.components:
            component["evidence"] = {**evidence[component["code"]], **component["evidence"]}


def _pair(need: Need, i: int, passage: Passage, similarity: float) -> dict[str, Any]:
    return {
        "need_text": need.passage_texts[i][:LONGEST_EVIDENCE],
        "need_lang": need.language,
        "offer_text": passage.text[:LONGEST_EVIDENCE],
        "offer_lang": passage.language,
        "offer_audience": passage.audience,
        "similarity": round(similarity, 4),
    }


def _terms(
    text: str, wanted: Sequence[str], columns: Columns, scored: Sequence[MatchScore]
) -> dict[int, list[dict[str, Any]]]:
    """The need's own words for the shared lexemes, each with the audience that may read it in the offer."""
    word_of = surfaces(text)
    ids = [match.technology_id for match in scored]
    public = _readable_lexemes("public_lexemes", ids, wanted)
    members = _readable_lexemes("member_lexemes", ids, wanted)
    found: dict[int, list[dict[str, Any]]] = {}
    for match in scored:
        audiences: dict[str, int] = {}
        for lexeme in columns.terms[match.row]:
            key = (match.technology_id, lexeme)
            audience = Audience.PUBLIC if key in public else Audience.MEMBERS if key in members else Audience.NDA
            word = word_of[lexeme]
            audiences[word] = min(int(audience), audiences.get(word, int(audience)))
        found[match.row] = [{"term": word, "audience": level} for word, level in audiences.items()]
    return found


def _readable_lexemes(column: str, ids: list[int], wanted: Sequence[str]) -> set[tuple[int, str]]:
    rows = IndexRecord.objects.filter(technology_id__in=ids, encoder=index_encoder()).extra(  # noqa: S610 - a fixed column name
        select={"found": f"tsvector_to_array({column})"}
    )
    needles = set(wanted)
    return {(row.technology_id, lexeme) for row in rows for lexeme in needles.intersection(row.found)}
