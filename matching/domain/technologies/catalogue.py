"""Reads for the public technology pages: what a search found and what became of a technology."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower

from kr_ru_platform.words.languages import Language, reader_language
from kr_ru_platform.words.reading.folding import fold
from matching.domain.finding.answer_cache import kept_answer
from matching.domain.finding.holders import named_holders, technologies_of
from matching.domain.finding.search import SearchAnswer, SearchHit
from matching.domain.finding.search_words import MOST_HITS
from matching.enums import Audience
from matching.models import MatchRequest, Passage, Technology, TechnologyText
from matching.scoring.language.shared_terms import whole_words
from matching.scoring.language.text import highlight

EXCERPT_CHARACTERS = 260
# What stands before the first marked word of an excerpt, so that it can be read.
LEAD_CHARACTERS = 80
DETAIL_FIELDS = ("description", "advantages", "sought")

# Of the words that were met, so many are told.
MOST_WORDS = 8

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class MetWords:
    """The words of a query as a text in one language writes them."""

    language: str
    words: tuple[str, ...]

    @property
    def language_name(self) -> str:
        return str(Language(self.language).label)


@dataclass(frozen=True)
class CatalogueEntry:
    """One technology of a result list, as this reader may see it."""

    technology: Technology
    text: TechnologyText
    title: Pieces
    excerpt: Pieces
    excerpt_language: str
    hit: SearchHit | None
    # The excerpt is the passage nearest in meaning: no word of the query stands in it.
    is_passage: bool = False
    # Of a text in another language, where the words stand in no text of the reader's: told, but not quoted.
    elsewhere: Pieces = field(default_factory=list)
    elsewhere_language: str = ""

    @cached_property
    def met(self) -> list[MetWords]:
        """What is marked in title and excerpt, and where the words stand otherwise: by language, each word once."""
        found: dict[str, dict[str, str]] = {}
        for language, pieces in (
            (self.text.language, self.title),
            (self.excerpt_language, self.excerpt),
            (self.elsewhere_language, self.elsewhere),
        ):
            for word in whole_words(pieces):
                found.setdefault(language, {}).setdefault(fold(word), word)
        return [MetWords(language, tuple(words.values())[:MOST_WORDS]) for language, words in found.items()]

    @property
    def excerpt_language_name(self) -> str:
        return str(Language(self.excerpt_language).label)

    @property
    def is_excerpt_in_another_language(self) -> bool:
        return self.excerpt_language != self.text.language


@dataclass(frozen=True)
class SearchHits:
    """What a query finds for one reader: `hits` by technology, best first."""

    answer: SearchAnswer
    hits: Mapping[int, SearchHit]
    # Organisations that the query names.
    holders: tuple[int, ...] = ()


def find(*, query: str, audience: Audience, user: Any, before: Callable[[], None] = lambda: None) -> SearchHits | None:
    """Among published technologies; None without a query. Visitors may be refused: see `kept_answer`."""
    if not query:
        return None
    is_visitor = audience == Audience.PUBLIC
    answer = kept_answer(query=query, audience=audience, is_visitor=is_visitor, before=before)
    return with_holders(answer, query=query, user=user)


def with_holders(answer: SearchAnswer, *, query: str, user: Any) -> SearchHits:
    """What was found by text, and the technologies of the organisations that the query names."""
    named = named_holders(query, user=user)
    by_text = {hit.technology_id: hit for hit in answer.hits}
    first = [by_text.get(pk) or _held(pk, 1.0) for pk in technologies_of(named.whole, most=MOST_HITS)]
    also = [_held(pk, 0.5) for pk in technologies_of(named.partly, most=MOST_HITS) if pk not in by_text]
    # What was asked for by its holder's whole name stands first, what a part of a name fits among the rest.
    rest = sorted([*answer.hits, *also], key=lambda hit: -hit.score)
    hits = {hit.technology_id: hit for hit in [*first, *rest]}
    return SearchHits(answer, dict(islice(hits.items(), MOST_HITS)), (*named.whole, *named.partly))


def _held(technology_id: int, score: float) -> SearchHit:
    return SearchHit(technology_id, score, "holder", ())


def in_order(technologies: QuerySet[Technology], order: str) -> QuerySet[Technology]:
    if order == "title":
        return technologies.order_by(_shown_title(), "pk")
    if order == "trl":
        return technologies.order_by(F("trl").desc(nulls_last=True), "-published_at", "-pk")
    return technologies.order_by("-published_at", "-pk")


def _shown_title() -> Lower:
    texts = TechnologyText.objects.filter(technology=OuterRef("pk"))
    choices = [reader_language(), OuterRef("source_language")]
    titles = [Subquery(texts.filter(language=code).values("title")[:1]) for code in choices]
    return Lower(Coalesce(*titles, Subquery(texts.order_by("language").values("title")[:1])))


def results(ids: Sequence[int], *, hits: Mapping[int, SearchHit] | None, audience: Audience) -> list[CatalogueEntry]:
    """The technologies of one page in the order of `ids`."""
    found = Technology.objects.published().with_texts().in_bulk(ids)
    rows = [found[pk] for pk in ids if pk in found]
    chosen = {pk: hit for pk in ids if (hit := (hits or {}).get(pk))}
    passages = _passages(chosen.values())
    return [
        _result(technology, technology.text, chosen.get(technology.pk), audience, passages)
        for technology in rows
        if technology.text
    ]


def _passages(hits: Iterable[SearchHit]) -> dict[int, Passage]:
    """The passage that met best, for what was found by meaning alone: no word there could be marked."""
    ids = [hit.passage_id for hit in hits if hit.found_by == "meaning" and hit.passage_id]
    # As the technology reads now: what was changed a moment ago may still be in the index.
    current = Passage.objects.filter(record__revision=F("record__technology__revision")).defer("vector")
    return current.in_bulk(ids) if ids else {}


def _result(
    technology: Technology,
    text: TechnologyText,
    hit: SearchHit | None,
    audience: Audience,
    passages: Mapping[int, Passage],
) -> CatalogueEntry:
    terms = hit.terms if hit else ()
    passage = passages.get(hit.passage_id or 0) if hit else None
    # Who has a text in the own language is not given a sentence of another one to read.
    is_own = text.language == reader_language() and bool(text.summary)
    shown, language, is_passage = excerpt(highlight(text.summary, terms)), text.language, False
    if passage and passage.text not in text.title and not (is_own and passage.language != text.language):
        shown, language, is_passage = excerpt([(passage.text, False)]), passage.language, True
    elsewhere: tuple[str, Pieces] = ("", [])
    for found_in, content in _readable(technology, text, audience) if terms else ():
        pieces = highlight(content, terms)
        if any(is_marked for _, is_marked in pieces):
            if is_own and found_in != text.language:
                elsewhere = found_in, excerpt(pieces)
            else:
                shown, language = excerpt(pieces), found_in
            break
    title = highlight(text.title, terms)
    return CatalogueEntry(technology, text, title, shown, language, hit, is_passage, elsewhere[1], elsewhere[0])


def _readable(technology: Technology, shown: TechnologyText, audience: Audience) -> Iterable[tuple[str, str]]:
    """Every text of the technology that this audience may read, that of the shown language first."""
    fields = ("summary", *DETAIL_FIELDS) if audience >= technology.details_audience else ("summary",)
    for text in sorted(technology.texts.all(), key=lambda text: text.pk != shown.pk):
        if text.pk != shown.pk:
            yield text.language, text.title
        for name in fields:
            yield text.language, getattr(text, name)


def excerpt(pieces: Pieces) -> Pieces:
    """About EXCERPT_CHARACTERS around the first marked word, cut between words."""
    text = "".join(piece for piece, _ in pieces)
    if len(text) <= EXCERPT_CHARACTERS:
        return pieces
    marked_at = _first_mark(pieces)
    start = max(0, min(marked_at - LEAD_CHARACTERS, len(text) - EXCERPT_CHARACTERS))
    if start:
        start = text.find(" ", start, max(marked_at, start + LEAD_CHARACTERS)) + 1 or start
    end = start + EXCERPT_CHARACTERS
    if end < len(text):
        end = max(text.rfind(" ", 0, end), start + EXCERPT_CHARACTERS // 2)
    cut = _cut(pieces, start, end)
    return [
        *([("… ", False)] if start else []),
        *cut,
        *([(" …", False)] if end < len(text) else []),
    ]


def _first_mark(pieces: Pieces) -> int:
    position = 0
    for piece, is_marked in pieces:
        if is_marked:
            return position
        position += len(piece)
    return 0


def _cut(pieces: Pieces, start: int, end: int) -> Pieces:
    kept, position = [], 0
    for piece, is_marked in pieces:
        part = piece[max(0, start - position) : max(0, end - position)]
        if part:
            kept.append((part, is_marked))
        position += len(piece)
    return kept


@dataclass(frozen=True)
class Lineage:
    """What happened with a technology, as far as this app knows."""

    request_count: int
    introduction_count: int


def lineage(technology: Technology) -> Lineage:
    requests = technology.match_requests.aggregate(requests=Count("pk"), introductions=Count("introduction"))
    return Lineage(requests["requests"], requests["introductions"])


def latest_match_requests(technology: Technology) -> QuerySet[MatchRequest]:
    return technology.match_requests.select_related("organisation").order_by("-created_at", "-pk")[:10]
