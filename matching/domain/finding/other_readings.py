"""What may have been meant by words that no technology has: another keyboard layout, a slip of the pen, a blank.

Only what finds something for this reader is offered, so that nobody learns of a word that they may not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from matching.domain.finding.lexeme_postings import are_known
from matching.domain.finding.search_words import QueryWord, words_of
from matching.enums import Audience
from matching.models import Technology, TechnologyText
from matching.scoring.language.keyboard import retyped
from matching.scoring.language.spelling import alike, is_listed, may_join, parted, single_words
from matching.scoring.language.text import normalise

MOST_OFFERED = 3
# Words looked at, and titles with words like one of them: each costs time.
MOST_LOOKED_AT = 4
MOST_TITLES = 300
# What the index of titles by their letters goes by: a first choice, the letters apart decide.
LEAST_LIKENESS = 0.3


class QueryReading(NamedTuple):
    """What stands in the query, and what it may have been meant for."""

    spelt: str
    meant: str


@dataclass(frozen=True)
class QueryReadings:
    """Other ways to read a query, each of which finds something."""

    # With the keys of another layout.
    layouts: tuple[str, ...] = ()
    # Spelt another way.
    spellings: tuple[str, ...] = ()
    # No word of the query is known: what it finds, it finds by chance.
    is_all_unknown: bool = False


def other_readings(text: str, *, audience: Audience, within: QuerySet[Technology]) -> QueryReadings:
    """Of the words that nothing has; one that the list of terms knows is spelt right."""
    asked = words_of(text)
    known = _known([[word] for word in asked], audience)
    unknown = [word.text for word, is_known in zip(asked, known, strict=True) if not is_known]
    is_all_unknown = not any(known)
    # Letters of Korean syllables that stand alone are no words at all.
    if unknown or not asked:
        if layouts := _layouts(text, audience):
            return QueryReadings(layouts=layouts, is_all_unknown=is_all_unknown)
        misspelt = [word for word in unknown if not is_listed(word)][:MOST_LOOKED_AT]
        spellings = _spellings(text, misspelt, audience, within)
        # With a word that stays unknown, the rest of the query would be answered by chance.
        is_whole = not spellings or all(_known([[word] for word in words_of(spellings[0])], audience))
        return QueryReadings(spellings=spellings, is_all_unknown=is_all_unknown and is_whole)
    return QueryReadings()


def _known(phrases: Sequence[Sequence[QueryWord]], audience: Audience) -> list[bool]:
    ways = [[[word.lexemes, *((notion,) for notion in word.notions)] for word in phrase] for phrase in phrases]
    return are_known(ways, audience=audience) if phrases else []


def _layouts(text: str, audience: Audience) -> tuple[str, ...]:
    """Each word of another layout must be had by somebody."""
    readings = [(reading, words_of(normalise(reading))) for reading in retyped(text)]
    asked = [[word] for _, found in readings for word in found]
    is_known = iter(_known(asked, audience))
    offered = []
    for reading, found in readings:
        known = list(islice(is_known, len(found)))
        if known and all(known):
            offered.append(reading)
    return tuple(offered[:MOST_OFFERED])


def _spellings(text: str, misspelt: Sequence[str], audience: Audience, within: QuerySet[Technology]) -> tuple[str, ...]:
    """The query with the unknown words put right: a single one in several ways, each of several in the likeliest."""
    ways = [found for word in misspelt if (found := _instead(word, text, audience, within))]
    if len(ways) == 1:
        return tuple(dict.fromkeys(_replaced(text, way) for way in ways[0][:MOST_OFFERED]))
    for first, *_others in ways:
        text = _replaced(text, first)
    return (text,) if ways else ()


def _instead(word: str, text: str, audience: Audience, within: QuerySet[Technology]) -> list[QueryReading]:
    """What may stand for a word, and finds something."""
    ways = [*_rejoined(word, text), *(QueryReading(word, other) for other in _alike(word, within))]
    known = _known([words_of(way.meant) for way in ways], audience)
    return [way for way, is_known in zip(ways, known, strict=True) if is_known]


def _replaced(text: str, way: QueryReading) -> str:
    return re.sub(rf"(?<!\w){re.escape(way.spelt)}(?!\w)", lambda _found: way.meant, text, count=1)


def _rejoined(word: str, text: str) -> Iterator[QueryReading]:
    """The word with its neighbours, and cut in two."""
    pieces = text.split()
    at = pieces.index(word) if word in pieces else -1
    if at > 0 and may_join(pieces[at - 1], word):
        yield QueryReading(f"{pieces[at - 1]} {word}", pieces[at - 1] + word)
    if 0 <= at < len(pieces) - 1 and may_join(word, pieces[at + 1]):
        yield QueryReading(f"{word} {pieces[at + 1]}", word + pieces[at + 1])
    yield from (QueryReading(word, " ".join(parts)) for parts in parted(word))


def _alike(word: str, within: QuerySet[Technology]) -> list[str]:
    """Words of the list of terms and of titles, which everybody may read."""
    return [found.word for found in alike(word, _words_of_titles(word, within), with_listed=True)]


def _words_of_titles(word: str, within: QuerySet[Technology]) -> set[str]:
    texts = TechnologyText.objects.filter(technology__in=within.order_by().values("id"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(LEAST_LIKENESS)])
    titles = texts.filter(title__trigram_word_similar=word.lower()).order_by().values_list("title", flat=True)
    return {other.lower() for title in titles[:MOST_TITLES] for other in single_words(title)}
