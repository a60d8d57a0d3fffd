"""One box, three languages: words and meaning together, over what the reader may read."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet

from matching.domain.candidates import NO_TERMS, columns_of, nearest_within, rarity, with_lexemes
from matching.domain.indexing import index_encoder
from matching.domain.need_texts import why_unread
from matching.domain.spaces import current_space
from matching.embedding import EncoderUnavailableError, get_embedder
from matching.enums import Audience
from matching.models import Technology, TechnologyText
from matching.scoring.components import meaning
from matching.scoring.text import detect_language, lexemes, normalise, stem, words
from matching.scoring.types import Need

logger = logging.getLogger(__name__)

MAX_QUERY = 1_000
MOST_WORDS = 40
MOST_HITS = 200
# Below these a result would puzzle the reader.
LEAST_WORDS = 0.34
LEAST_MEANING = 0.5
LEAST_OF_BEST_MEANING = 0.4
TITLE_BONUS = 0.15
# A word that no text has counts where at least this share of its syllable pairs is found.
FORGIVEN_SHARE = 0.5
LEAST_LIKENESS = 0.4


@dataclass(frozen=True)
class SearchHit:
    technology_id: int
    score: float
    found_by: Literal["words", "meaning", "both"]
    # The words of the query that matched, as they are to be highlighted.
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """For each technology: which words of the query it has and their share of the query's weight."""

    terms: Mapping[int, tuple[str, ...]]
    shares: Mapping[int, float]


def search_technologies(*, query: str, audience: Audience, within: QuerySet[Technology]) -> list[SearchHit]:
    """Best first, equal scores by id; an empty query finds nothing (the page then lists all)."""
    text = normalise(query[:MAX_QUERY])
    if not text:
        return []
    found = _by_words(text, audience, within)
    close = _by_meaning(text, audience, within)
    titles = _title_shares(found, [*found.shares, *close])
    hits = [
        SearchHit(
            technology_id,
            round(
                _fused(
                    found.shares.get(technology_id, 0.0), close.get(technology_id, 0.0), titles.get(technology_id, 0.0)
                ),
                6,
            ),
            _found_by(technology_id in found.shares, technology_id in close),
            found.terms.get(technology_id, ()),
        )
        for technology_id in {*found.shares, *close}
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.technology_id))[:MOST_HITS]


def _fused(by_words: float, by_meaning: float, in_title: float) -> float:
    return (0.5 * by_words + 0.5 * by_meaning + TITLE_BONUS * in_title) / (1 + TITLE_BONUS)


def _found_by(by_words: bool, by_meaning: bool) -> Literal["words", "meaning", "both"]:
    if by_words and by_meaning:
        return "both"
    return "words" if by_words else "meaning"


def _by_words(text: str, audience: Audience, within: QuerySet[Technology]) -> Words:
    query = _lexemes_by_word(text)
    if not query:
        return _by_substring(text, within)
    prefixes = _begun(next(reversed(query)), query)
    wanted = list(dict.fromkeys(lexeme for found in query.values() for lexeme in found))
    rows = with_lexemes(wanted, prefixes=prefixes, audience=audience, within=within)
    if not rows:
        return _by_similar_words(query, within)
    matched = {technology_id: _matched(query, lexemes) for technology_id, lexemes in rows.items()}
    whole = {word for found in matched.values() for word, share in found.items() if share == 1}
    kept = {
        technology_id: {w: s for w, s in found.items() if s == 1 or (w not in whole and s >= FORGIVEN_SHARE)}
        for technology_id, found in matched.items()
    }
    return _weighed(query, kept, within)


def _begun(word: str, query: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The last word may still be being typed: what was typed so far begins other words, its stem too many."""
    return {lexeme: lexeme if lexeme.startswith("k:") else lexeme[:2] + word.lower() for lexeme in query[word]}


def _lexemes_by_word(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words(text):
        if (of_word := lexemes(word)) and len(found) < MOST_WORDS:
            found.setdefault(word, of_word)
    return found


def _matched(query: Mapping[str, Sequence[str]], found: set[str]) -> dict[str, float]:
    return {word: len(found.intersection(wanted)) / len(set(wanted)) for word, wanted in query.items()}


def _weighed(
    query: Mapping[str, Sequence[str]], kept: Mapping[int, Mapping[str, float]], within: QuerySet[Technology]
) -> Words:
    """A rare word of the query weighs more than one that half of the catalogue has."""
    total = max(within.count(), len(kept))
    counts = {word: sum(word in found for found in kept.values()) for word in query}
    weights = {word: 0.2 + rarity(counts[word], total) if counts[word] else 1.0 for word in query}
    everything = sum(weights.values())
    shares = {i: sum(weights[w] * s for w, s in found.items()) / everything for i, found in kept.items()}
    best = max(shares.values(), default=0.0)
    wanted = {i for i, share in shares.items() if share > 0 and share >= min(LEAST_WORDS, 0.5 * best)}
    return Words({i: tuple(kept[i]) for i in wanted}, {i: shares[i] for i in wanted})


def _by_substring(text: str, within: QuerySet[Technology]) -> Words:
    """One letter, or only words that say nothing: what stands in a title."""
    texts = TechnologyText.objects.filter(technology__in=within.order_by().values("id"))
    ids = texts.filter(title__icontains=text[:100]).values_list("technology_id", flat=True).distinct()
    found = sorted(ids)[:MOST_HITS]
    return Words(dict.fromkeys(found, (text[:100],)), dict.fromkeys(found, 0.5))


def _by_similar_words(query: Mapping[str, Sequence[str]], within: QuerySet[Technology]) -> Words:
    """Nothing matches: perhaps a slip of the pen. Titles with a word like it."""
    long = [word.lower() for word in query if len(word) >= 4][:5]
    terms: dict[int, tuple[str, ...]] = {}
    texts = TechnologyText.objects.filter(technology__in=within.order_by().values("id"))
    for word in long:
        alike = texts.annotate(likeness=TrigramWordSimilarity(word, "title")).filter(likeness__gte=LEAST_LIKENESS)
        for technology_id in sorted(set(alike.values_list("technology_id", flat=True)))[:MOST_HITS]:
            terms[technology_id] = (*terms.get(technology_id, ()), word)
    return Words(terms, {i: 0.5 * len(found) / len(query) for i, found in terms.items()})


def _by_meaning(text: str, audience: Audience, within: QuerySet[Technology]) -> dict[int, float]:
    """Technology → how close it is, 0..1. Nothing when the encoder is not to be had."""
    if sum(map(str.isalnum, text)) < 2 or why_unread(text):
        return {}
    try:
        space = current_space(index_encoder())
        raw = get_embedder(space.encoder.rpartition("/")[0]).encode_wholes([text])
    except EncoderUnavailableError:
        logger.warning("Search by words only: the encoder is not available.")
        return {}
    language = detect_language(text) or "en"
    if raw.shape[1] != len(space.mean("need", "whole", language)):
        logger.warning("Search by words only: the encoder is another one than that of the index.")
        return {}
    placed = space.place(raw, side="need", kind="whole", language=language)
    if not np.any(placed):
        return {}
    ids = nearest_within(space, placed[0], audience=audience, within=within, limit=MOST_HITS)
    columns = columns_of(ids, space=space, shared=NO_TERMS, audience=audience)
    need = Need(language=language, whole=placed[0], passages=placed[:0], passage_texts=())
    values = dict(zip(columns.ids.tolist(), meaning(need, columns).values.tolist(), strict=True))
    least = max(LEAST_MEANING, LEAST_OF_BEST_MEANING * max(values.values(), default=0.0))
    return {technology_id: value for technology_id, value in values.items() if value >= least}


def _title_shares(found: Words, ids: Sequence[int]) -> dict[int, float]:
    """How many of a technology's matched words stand in one of its titles."""
    shares: dict[int, float] = {}
    titles = TechnologyText.objects.filter(technology__in=ids).values_list("technology_id", "title")
    for technology_id, title in titles:
        terms = found.terms.get(technology_id, ())
        lowered = title.lower()
        share = sum((stem(term) or term.lower()) in lowered for term in terms) / max(1, len(terms))
        shares[technology_id] = max(share, shares.get(technology_id, 0.0))
    return shares
