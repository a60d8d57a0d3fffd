"""One box, three languages: words and meaning together, over what the reader may read."""

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from django.db.models import QuerySet

from kr_ru_platform.words.reading.capitals import as_texts_write
from kr_ru_platform.words.reading.folding import detect_language
from matching.domain.finding.candidates import NO_TERMS, Closest, columns_of
from matching.domain.finding.nearest import nearest_within
from matching.domain.finding.other_readings import other_readings
from matching.domain.finding.search_words import MOST_HITS, WordHits, technologies_with_words
from matching.domain.index.distances import distance
from matching.domain.index.embedding_spaces import current_space
from matching.domain.index.index_names import IndexName
from matching.domain.index.indexing import index_encoder
from matching.domain.texts.need_texts import why_unread
from matching.embedding import EncoderUnavailableError, get_embedder
from matching.enums import Audience
from matching.models import Technology
from matching.scoring.components import meaning, passages_met
from matching.scoring.language.text import normalise
from matching.scoring.space import Space
from matching.scoring.types import Columns, Need, Values, Vectors
from matching.scoring.weights import FORMULAS

logger = logging.getLogger(__name__)

# As long as the box lets one type. Much longer ones, sent past the box, cost seconds of the computer each.
MAX_QUERY = 200
# What is close to a few words was set with this formula, and stays so whatever matches are scored by.
CLOSENESS = FORMULAS["v2"]
# What lies nearest by a scan, which knows only the best passage of each, is then compared exactly; the two passages
# that count are among the three nearest.
MOST_COMPARED = 200
PASSAGES_OF_EACH = 3
# Below these a result would puzzle the reader.
LEAST_MEANING = 0.5
LEAST_OF_BEST_MEANING = 0.4
TITLE_BONUS = 0.15
CLOSE, VERY_CLOSE = 0.65, 0.8
# Found by another spelling than the one that was asked for.
MOST_RESPELT = 20


@dataclass(frozen=True)
class SearchHit:
    technology_id: int
    score: float
    found_by: Literal["words", "meaning", "both", "holder"]
    # What is to be highlighted: the words of the query that matched, and their notions' names in every language.
    terms: tuple[str, ...]
    # Found by meaning: the passage that met best, one that the reader may read.
    passage_id: int | None = None
    # How close in meaning, 0..1.
    nearness: float = 0.0

    @property
    def degree(self) -> Literal["", "some", "close", "very close"]:
        """How close it is, for a word on the page."""
        if not self.nearness:
            return ""
        return "very close" if self.nearness >= VERY_CLOSE else "close" if self.nearness >= CLOSE else "some"


@dataclass(frozen=True)
class SearchAnswer:
    """What a query finds, best first, and what else may have been meant."""

    hits: tuple[SearchHit, ...] = ()
    # The query typed with another keyboard layout, or with other words: each finds something for this reader.
    layouts: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    # As it was asked it has no word that is known: this was looked for instead.
    asked_instead: str = ""

    @property
    def is_weak(self) -> bool:
        """Nothing has the words: all are only close in meaning."""
        return bool(self.hits) and all(hit.found_by == "meaning" for hit in self.hits)


@dataclass(frozen=True)
class Closeness:
    """For each technology how close it is, 0..1, and its passage that met best."""

    values: Mapping[int, float]
    passage_ids: Mapping[int, int]


NO_CLOSENESS = Closeness({}, {})


def search_technologies(*, query: str, audience: Audience, within: QuerySet[Technology]) -> list[SearchHit]:
    """Best first, equal scores by id; an empty query finds nothing (the page then lists all)."""
    return list(answer(query=query, audience=audience, within=within).hits)


def answer(*, query: str, audience: Audience, within: QuerySet[Technology]) -> SearchAnswer:
    text = normalise(query[:MAX_QUERY])
    if not text:
        return SearchAnswer()
    encoded = EncodedQuery(text)
    found = technologies_with_words(text, audience=audience, within=within)
    if max(found.shares.values(), default=0.0) >= 1:
        return SearchAnswer(_hits(found, _by_meaning(encoded, audience, within)))
    other = other_readings(text, audience=audience, within=within)
    if other.is_all_unknown and other.layouts:
        # Whatever lies near the letters of a wrong layout lies there by chance.
        return SearchAnswer(layouts=other.layouts)
    if other.is_all_unknown and other.spellings:
        return _respelt(other.spellings, audience, within)
    hits = _hits(found, _by_meaning(encoded, audience, within))
    return SearchAnswer(hits, layouts=other.layouts, spellings=other.spellings)


def _respelt(spellings: Sequence[str], audience: Audience, within: QuerySet[Technology]) -> SearchAnswer:
    """What the likeliest spelling finds: a short list, and the others to choose from."""
    first, *others = spellings
    found = technologies_with_words(first, audience=audience, within=within)
    hits = _hits(found, _by_meaning(EncodedQuery(first), audience, within))
    short = tuple(hit for hit in hits if hit.found_by != "meaning")[:MOST_RESPELT]
    return SearchAnswer(short, spellings=tuple(others), asked_instead=first)


def _hits(found: WordHits, close: Closeness) -> tuple[SearchHit, ...]:
    scores = {i: round(_fused(i, found, close), 6) for i in {*found.shares, *close.values}}
    best = sorted(scores, key=lambda i: (-scores[i], i))[:MOST_HITS]
    return tuple(_hit(technology_id, scores[technology_id], found, close) for technology_id in best)


def _fused(technology_id: int, found: WordHits, close: Closeness) -> float:
    words, near, title = (by.get(technology_id, 0.0) for by in (found.shares, close.values, found.in_title))
    return (0.5 * words + 0.5 * near + TITLE_BONUS * title) / (1 + TITLE_BONUS)


def _hit(technology_id: int, score: float, found: WordHits, close: Closeness) -> SearchHit:
    terms = found.terms.get(technology_id, ())
    names = [name for term in terms for name in found.names.get(term, ())]
    technologies_with_words, by_meaning = technology_id in found.shares, technology_id in close.values
    return SearchHit(
        technology_id,
        score,
        "both" if technologies_with_words and by_meaning else "words" if technologies_with_words else "meaning",
        tuple(dict.fromkeys([*terms, *names])),
        close.passage_ids.get(technology_id),
        round(close.values.get(technology_id, 0.0), 4),
    )


class EncodedQuery:
    """A query that is being encoded, while its words are looked for: the slower encoder takes as long as they."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.encoder = index_encoder()
        thread = ThreadPoolExecutor(1)
        self._raw = thread.submit(encoded, text, self.encoder)
        thread.shutdown(wait=False)

    def vectors(self) -> Vectors | None:
        return self._raw.result()


def _by_meaning(query: EncodedQuery, audience: Audience, within: QuerySet[Technology]) -> Closeness:
    """Nothing when the encoder is not to be had."""
    try:
        space = current_space(query.encoder)
        need = _need(query.text, query.vectors(), space)
    except EncoderUnavailableError:
        logger.warning("Search by words only: the encoder is not available.")
        return NO_CLOSENESS
    return close_to(need, space, audience=audience, within=within) if need else NO_CLOSENESS


def need_of(text: str, space: Space) -> Need | None:
    """The query as a need; none when it says nothing."""
    return _need(text, encoded(text, space.encoder), space)


def encoded(text: str, encoder: str) -> Vectors | None:
    """Nothing of what says nothing."""
    if sum(map(str.isalnum, text)) < 2 or why_unread(text):
        return None
    return get_embedder(IndexName.read(encoder).encoder).encode_wholes([as_texts_write(text)])


def _need(text: str, raw: Vectors | None, space: Space) -> Need | None:
    if raw is None:
        return None
    language = detect_language(as_texts_write(text), "en")
    if raw.shape[1] != len(space.mean("need", "whole", language)):
        logger.warning("Search by words only: the encoder is another one than that of the index.")
        return None
    placed = space.place(raw, side="need", kind="whole", language=language)
    if not np.any(placed):
        return None
    return Need(language=language, whole=placed[0], passages=placed[:0])


def close_to(need: Need, space: Space, *, audience: Audience, within: QuerySet[Technology]) -> Closeness:
    ids = nearest_within(space, need.whole, audience=audience, within=within, limit=MOST_COMPARED)
    closest = Closest(distance(space, need.whole, "passage"), PASSAGES_OF_EACH)
    columns = columns_of(ids, space=space, shared=NO_TERMS, audience=audience, closest=closest)
    values = dict(zip(columns.ids.tolist(), closeness(need, columns).tolist(), strict=True))
    least = max(LEAST_MEANING, LEAST_OF_BEST_MEANING * max(values.values(), default=0.0))
    kept = {technology_id: value for technology_id, value in values.items() if value >= least}
    return Closeness(kept, {i: passage for i, passage in _best_passages(need, columns).items() if i in kept})


def closeness(need: Need, columns: Columns) -> Values:
    return meaning(need, columns, CLOSENESS).values


def _best_passages(need: Need, columns: Columns) -> dict[int, int]:
    """Technology → its nearest passage."""
    if not len(columns.passage_rows):
        return {}
    similarities = passages_met(need, columns)
    # Nearest last: what is written last into the dictionary stays.
    order = np.lexsort((similarities,))
    owners = columns.ids[columns.passage_rows[order]]
    return dict(zip(owners.tolist(), columns.passage_ids[order].tolist(), strict=True))
