"""Which technologies have the words of a query, and how much of the query's weight that is.

A word counts in full where all its lexemes are, or a notion that it names, in any language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from django.db.models import QuerySet

from kr_ru_platform.words.reading.folding import fold
from matching.domain.finding.candidates import rarity
from matching.domain.finding.lexeme_postings import postings, with_lexemes
from matching.enums import Audience
from matching.models import Technology, TechnologyText
from matching.scoring.language.notions import PREFIX, shipped
from matching.scoring.language.shared_terms import is_general, meant
from matching.scoring.language.text import lexemes, stem, words
from matching.scoring.types import Rows, Values

MOST_WORDS = 40
MOST_HITS = 200
# Whose titles are looked at, and who can therefore be found: each costs time.
MOST_RANKED = 3_000
# A lexeme that more have is listed no further; a tenth of all or more says next to nothing anyway.
SMALL_CATALOGUE = 5_000
# However large the catalogue is: a list of so many is read in a hundredth of a second.
MOST_LISTED = 10_000
# Where a lexeme was not listed to its end, this many that are best by all others are looked at one by one.
MOST_CHECKED = 600
LEAST_WORDS = 0.34
# A word that no text has counts where at least this share of its syllable pairs is found.
FORGIVEN_SHARE = 0.5
# The weight of a word that a tenth of the catalogue has.
LEAST_WEIGHT = 0.2
# Of a word that says little by itself, beside others: "элемент" of "топливный элемент".
GENERAL_WEIGHT = 0.5


@dataclass(frozen=True)
class QueryWord:
    text: str
    lexemes: tuple[str, ...]
    # Any of these stands for the word.
    notions: tuple[str, ...] = ()


@dataclass(frozen=True)
class WordQuery:
    words: Sequence[QueryWord]
    audience: Audience
    within: QuerySet[Technology]

    @cached_property
    def lexemes(self) -> list[str]:
        return list(dict.fromkeys(lexeme for word in self.words for lexeme in (*word.lexemes, *word.notions)))

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The last word may still be being typed: what was typed so far begins other words, its stem too many."""
        last = self.words[-1]
        return {lexeme: lexeme if lexeme.startswith("k:") else lexeme[:2] + fold(last.text) for lexeme in last.lexemes}

    @cached_property
    def total(self) -> int:
        return self.within.count()

    @property
    def most(self) -> int:
        return max(SMALL_CATALOGUE, min(self.total // 10, MOST_LISTED)) + 1


@dataclass(frozen=True)
class WordHits:
    """For each technology: which words of the query it has and their share of the query's weight."""

    terms: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    shares: Mapping[int, float] = field(default_factory=dict)
    # How the notions of a word of the query are named in any language.
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # How many of these words stand in one of the technology's titles, as a share.
    in_title: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class LexemeLists:
    """For each lexeme which of the technologies `ids` have it."""

    ids: Rows
    places: Mapping[str, Rows]
    # Lexemes that more technologies have than are listed.
    frequent: frozenset[str]

    def shares(self, query: WordQuery) -> Values:
        """How much of each word each technology has."""
        return np.stack([self._share(word) for word in query.words], axis=1)

    def _share(self, word: QueryWord) -> Values:
        found = np.zeros(len(self.ids))
        for lexeme in word.lexemes:
            found[self.places[lexeme]] += 1 / len(word.lexemes)
        found = found.round(9)
        for notion in word.notions:
            found[self.places[notion]] = 1.0
        return found

    def count(self, word: QueryWord, shares: Values) -> int:
        """How many have it; where that is not known, how many have the rest of it."""
        known = [lexeme for lexeme in word.lexemes if lexeme not in self.frequent]
        if not known:
            return len(self.ids)
        if len(known) == len(word.lexemes):
            return int(np.count_nonzero(shares))
        return min(len(self.places[lexeme]) for lexeme in known)


def technologies_with_words(text: str, *, audience: Audience, within: QuerySet[Technology]) -> WordHits:
    query = WordQuery(words_of(text), audience, within)
    if not query.words:
        return _with_titles(_by_substring(text, within), within)
    # Of a small catalogue, or of a small part of one, everything is listed.
    is_small = query.total < SMALL_CATALOGUE
    ranked = _ranked(query, _ids(within) if is_small else None)
    found = _with_titles(ranked, within)
    if not is_small and len(found.shares) < min(MOST_HITS, len(ranked.shares)):
        # Most of what came first lies outside.
        found = _with_titles(_ranked(query, _ids(within)), within)
    return found


def _ranked(query: WordQuery, among: Rows | None) -> WordHits:
    lists = _lists(query, among)
    if not len(lists.ids):
        return WordHits()
    shares = _forgiving(lists.shares(query))
    counts = [lists.count(word, shares[:, i]) for i, word in enumerate(query.words)]
    weights = np.array([LEAST_WEIGHT + rarity(count, query.total) if count else 1.0 for count in counts])
    weights *= [GENERAL_WEIGHT if is_general(word.text) else 1.0 for word in query.words]
    if lists.frequent:
        lists = _checked(query, lists, shares @ weights)
        shares = _forgiving(lists.shares(query))
    return _weighed(query, lists.ids, shares, weights)


def words_of(text: str) -> list[QueryWord]:
    """Each word once, with the notions of all the places where it stands."""
    notions = meant(text, shipped().find(text))
    spelt: dict[str, QueryWord] = {}
    for word, start, end in _words_with_places(text):
        of_word = tuple(dict.fromkeys(lexemes(word)))
        if not of_word or (word not in spelt and len(spelt) == MOST_WORDS):
            continue
        named = [PREFIX + notion.key for notion in notions if notion.start < end and start < notion.end]
        before = spelt[word].notions if word in spelt else ()
        spelt[word] = QueryWord(word, of_word, tuple(dict.fromkeys([*before, *named])))
    return list(spelt.values())


def _words_with_places(text: str) -> Iterator[tuple[str, int, int]]:
    end = 0
    for word in words(text):
        start = text.index(word, end)
        end = start + len(word)
        yield word, start, end


def _lists(query: WordQuery, among: Rows | None) -> LexemeLists:
    listed = postings(query.lexemes, prefixes=query.prefixes, audience=query.audience, most=query.most, among=among)
    ids = np.unique(np.concatenate(listed))
    return LexemeLists(
        ids,
        {lexeme: _places(ids, of) for lexeme, of in zip(query.lexemes, listed, strict=True)},
        frozenset(lexeme for lexeme, of in zip(query.lexemes, listed, strict=True) if len(of) >= query.most),
    )


def _ids(technologies: QuerySet[Technology]) -> Rows:
    return np.array(sorted(technologies.order_by().values_list("id", flat=True)), dtype=np.int64)


def _places(ids: Rows, some: Rows) -> Rows:
    """Where those of `some` that are among the sorted `ids` stand in them."""
    return np.flatnonzero(np.isin(ids, some))


def _checked(query: WordQuery, lists: LexemeLists, scores: Values) -> LexemeLists:
    """The best so far, and whether they have what was not listed to its end."""
    best = np.sort(np.lexsort((lists.ids, -scores))[:MOST_CHECKED])
    ids = lists.ids[best]
    frequent = sorted(lists.frequent)
    found = with_lexemes(frequent, prefixes=query.prefixes, audience=query.audience, technology_ids=ids.tolist())
    places = {lexeme: _places(ids, lists.ids[of]) for lexeme, of in lists.places.items() if lexeme not in frequent}
    for lexeme in frequent:
        places[lexeme] = _places(ids, np.array([i for i, has in found.items() if lexeme in has], dtype=np.int64))
    return LexemeLists(ids, places, lists.frequent)


def _forgiving(shares: Values) -> Values:
    """A word that somebody has in full counts only in full; of one that nobody has, a good part is enough."""
    is_whole = shares == 1
    has_whole = is_whole.any(axis=0)
    return np.where(is_whole | (~has_whole & (shares >= FORGIVEN_SHARE)), shares, 0.0)


def _weighed(query: WordQuery, ids: Rows, shares: Values, weights: Values) -> WordHits:
    """A rare word of the query weighs more than one that half of the catalogue has."""
    totals = shares @ weights / weights.sum()
    least = min(LEAST_WORDS, 0.5 * float(totals.max(initial=0.0)))
    order = np.lexsort((ids, -totals))[:MOST_RANKED]
    rows = [int(row) for row in order if totals[row] > 0 and totals[row] >= least]
    spelt = [word.text for word in query.words]
    return WordHits(
        {int(ids[row]): tuple(spelt[i] for i in np.flatnonzero(shares[row])) for row in rows},
        {int(ids[row]): float(totals[row]) for row in rows},
        {word.text: _names(word) for word in query.words if word.notions},
    )


def _names(word: QueryWord) -> tuple[str, ...]:
    notions = (shipped().by_key[key.removeprefix(PREFIX)] for key in word.notions)
    return tuple(name for notion in notions for variants in notion.terms.values() for name in variants)


def _by_substring(text: str, within: QuerySet[Technology]) -> WordHits:
    """One letter, or only words that say nothing: what stands in a title."""
    texts = TechnologyText.objects.filter(technology__in=within.order_by().values("id"))
    ids = texts.filter(title__icontains=text[:100]).values_list("technology_id", flat=True).distinct()
    found = sorted(ids)[:MOST_HITS]
    return WordHits(dict.fromkeys(found, (text[:100],)), dict.fromkeys(found, 0.5))


def _with_titles(found: WordHits, within: QuerySet[Technology]) -> WordHits:
    """Only those within, with the share of their words that stands in a title: read together, as each read costs."""
    if not found.shares:
        return found
    wanted = within.order_by().filter(id__in=list(found.shares)).values("id")
    titles = TechnologyText.objects.filter(technology__in=wanted).order_by().values_list("technology_id", "title")
    shares: dict[int, float] = {}
    spelt: dict[str, list[str]] = {}
    for technology_id, title in titles:
        terms = found.terms[technology_id]
        folded = fold(title)
        for term in terms:
            if term not in spelt:
                spelt[term] = [stem(name) or fold(name) for name in (term, *found.names.get(term, ()))]
        share = sum(any(name in folded for name in spelt[term]) for term in terms) / max(1, len(terms))
        shares[technology_id] = max(share, shares.get(technology_id, 0.0))
    return replace(
        found,
        terms={i: found.terms[i] for i in found.shares if i in shares},
        shares={i: share for i, share in found.shares.items() if i in shares},
        in_title=shares,
    )
