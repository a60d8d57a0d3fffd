"""What two texts have in common that a reader would accept as a term of both: whole words, as each text writes them.

Scores count lexemes, which are pieces of words: pairs of Korean syllables, stems. Here is decided what of it may be
told to people. `terms_of` finds what could be told in one text, `in_common` what stands in two.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching.scoring.language import general_words
from matching.scoring.language.keyboard import script_of
from matching.scoring.language.notions import PREFIX, NotionInText, shipped
from matching.scoring.language.small_words import KOREAN_ENDINGS, KOREAN_STOP_WORDS
from matching.scoring.language.spelling import is_listed
from matching.scoring.language.text import lexemes, stem, words_in_place
from matching.scoring.language.word_forms import is_form_of

# What follows nouns only, so that what stands before it is one.
NOUN_ENDINGS = frozenset(
    """
    을 를 의 에 에서 에는 에도 에서는 에서도 에게 에게서 으로 으로서 으로써 으로부터 에서부터 로서 로써
    로는 로도 와의 과의 과 와 이나 까지 부터 처럼 보다 조차 들이 들을 들은 들의 에의 입니다
    하는 하고 하며 하면 하여 하도록 합니다 했습니다 하였습니다 되는 되고 되며 되어 되도록 됩니다 되었습니다
    된다 한다 시키는 시켜 하기 하고자 하려고 하면서
    """.split()
)
# 5G, 3D, 4K: a figure that is no quantity.
NAMED_BY_A_FIGURE = re.compile(r"^[0-9]{1,2}[A-Za-z]$")
SMALLER_OR_MORE = frozenset("микро нано мини мульти много micro nano mini multi".split())
SHORTEST = {"ko": 2, "ru": 3, "en": 2}


@dataclass(frozen=True)
class NamedTerm:
    """Something that a text names: where its whole words stand, and whether it is surely a noun or a listed term."""

    key: str
    start: int
    end: int
    is_sure: bool


@dataclass(frozen=True)
class SharedTerm:
    """A term as both texts write it."""

    key: str
    one: str
    other: str


def in_common(one: str, other: str) -> list[SharedTerm]:
    """In the order of the first text; what is only a part of a longer shared term is not told beside it."""
    first, second = surfaces_of(one), surfaces_of(other)
    keys = [key for key in first if key in second and (first[key].is_sure or second[key].is_sure)]
    found = [SharedTerm(key, first[key].text, second[key].text) for key in keys]
    return without_parts(found)


def lexemes_of(key: str) -> list[str]:
    """What of it is counted: a Korean word by its pairs of syllables."""
    return lexemes(key[2:]) if key.startswith("k:") else [key]


def weight_of(key: str, weights: Mapping[str, float]) -> float:
    return sum(weights.get(lexeme, 0.0) for lexeme in lexemes_of(key))


@dataclass(frozen=True)
class TermSurface:
    text: str
    is_sure: bool


@lru_cache(maxsize=4_000)
def surfaces_of(text: str) -> Mapping[str, TermSurface]:
    """What may be told of a text: by key, as it is written where it first stands."""
    found: dict[str, TermSurface] = {}
    for term in terms_of(text):
        before = found.get(term.key)
        if before is None or (term.is_sure and not before.is_sure):
            found[term.key] = TermSurface(before.text if before else text[term.start : term.end], term.is_sure)
    return found


def without_parts(shared: Sequence[SharedTerm]) -> list[SharedTerm]:
    """Each pair of words once, and none that stands inside another one in both texts."""
    kept: list[SharedTerm] = []
    for term in sorted(shared, key=lambda term: -len(term.one)):
        if not any(_is_inside(term.one, other.one) and _is_inside(term.other, other.other) for other in kept):
            kept.append(term)
    return [term for term in shared if term in kept]


def _is_inside(part: str, whole: str) -> bool:
    return part.lower() in whole.lower()


def terms_of(text: str) -> Iterator[NamedTerm]:
    """Notions of the list with the whole words around them, and other words that say something."""
    places = list(words_in_place(text))
    starts = [start for _, start, _ in places]
    # Where a term has a longer form, that one is told.
    for notion in sorted(shipped().find(text), key=lambda notion: (notion.start, -notion.end)):
        first = bisect_right(starts, notion.start) - 1
        last = bisect_right(starts, notion.end - 1) - 1
        before = text[places[first][1] : notion.start].lower().rstrip("-")
        if _leaves_the_meaning(before) and (variant := _told_as(notion, text[notion.start : notion.end])):
            last += _words_left_out(variant, [word for word, _, _ in places[last + 1 : last + 3]])
            word, begin, _ = places[last]
            start, end = places[first][1], max(notion.end, begin + len(_noun(word)[0]))
            yield NamedTerm(PREFIX + notion.key, start, end, is_sure=True)
    for word, start, _ in places:
        noun, is_sure = _noun(word)
        if _says_something(word, noun, text[max(0, start - 2) : start]):
            yield NamedTerm(_key(word, noun), start, start + len(noun), is_sure)


def whole_words(pieces: Sequence[tuple[str, bool]]) -> list[str]:
    """What is marked in a text, each with the whole word around it, a Korean noun without its particle."""
    text = "".join(piece for piece, _ in pieces)
    places = list(words_in_place(text))
    starts = [start for _, start, _ in places]
    found, end = [], 0
    for piece, is_marked in pieces:
        start, end = end, end + len(piece)
        if is_marked and places:
            first, last = (max(0, bisect_right(starts, at) - 1) for at in (start, end - 1))
            word, begin, _ = places[last]
            found.append(text[min(start, places[first][1]) : begin + len(_noun(word)[0])])
    return found


def _key(word: str, noun: str) -> str:
    return f"k:{noun}" if script_of(noun[0]) == "ko" else lexemes(word)[0]


def _noun(word: str) -> tuple[str, bool]:
    """A Korean word without its particle, and whether that is surely a noun; any other word as it is."""
    if script_of(word[0]) != "ko":
        return word, True
    ending = next((e for e in KOREAN_ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST["ko"]), "")
    noun = word.removesuffix(ending) if ending else word
    return (noun, True) if is_listed(noun) or ending in NOUN_ENDINGS else (noun, False)


def _says_something(word: str, noun: str, before: str) -> bool:
    """A word that no list of terms has: no general word, no counter behind a number, no number."""
    script = script_of(noun[0])
    if not lexemes(word) or len(noun) < SHORTEST.get(script, 2) or is_general(noun):
        return False
    if script == "ko":
        return noun not in KOREAN_STOP_WORDS and not any(map(str.isdigit, before))
    if noun[0].isdigit():
        return bool(NAMED_BY_A_FIGURE.match(noun))
    # Two small letters are more often an abbreviation of something else than a word.
    return len(noun) > 2 or noun.isupper() or any(map(str.isdigit, noun))


def is_general(word: str) -> bool:
    """Shared by chance: 기술, метод, system."""
    script = script_of(word[0])
    if script == "ko":
        return word in general_words.KOREAN
    return stem(word) in _general_stems() or not stem(word)


@lru_cache(maxsize=1)
def _general_stems() -> frozenset[str]:
    return frozenset(
        stem(word) or stem(_in_another_form(word)) for word in general_words.RUSSIAN | general_words.ENGLISH
    )


def _in_another_form(word: str) -> str:
    """Of words that are not counted the table has but some forms."""
    return (word[:-1] if word[-1] in "аяео" else word) + "ам"


def _leaves_the_meaning(before: str) -> bool:
    """What stands before the term in its word: a microrobot is a robot, but nothing ultralight is a lamp."""
    return not before or script_of(before[0]) == "ko" or before in SMALLER_OR_MORE


def _told_as(notion: NotionInText, written: str) -> str:
    """The variant of the term whose form was found; none where words only share its stem, or say nothing."""
    if notion.key in general_words.NOTIONS:
        return ""
    found = _words_of(written)
    if not found or all(map(is_general, found)):
        return ""
    if any(script_of(word[0]) == "ko" for word in found):
        return written
    language = "ru" if script_of(found[0][0]) == "ru" else "en"
    variants = shipped().by_key[notion.key].terms.get(language, ())
    return next((variant for variant in variants if _are_forms(found, _words_of(variant))), "")


def meant(text: str, found: Sequence[NotionInText]) -> list[NotionInText]:
    """Of several notions with one stem those whose word stands there: "гибкий" is flexible, not the bending (гибка)."""
    by_place: dict[tuple[int, int], list[NotionInText]] = {}
    for notion in found:
        by_place.setdefault((notion.start, notion.end), []).append(notion)
    kept: list[NotionInText] = []
    for (start, end), notions in by_place.items():
        written = _words_of(text[start:end])
        spelt = [notion for notion in notions if _spells(notion, written)]
        kept += spelt or notions
    return kept


def _spells(notion: NotionInText, written: Sequence[str]) -> bool:
    if not written or script_of(written[0][0]) != "ru":
        return True
    return any(_are_forms(written, _words_of(of)) for of in shipped().by_key[notion.key].terms["ru"])


def _words_left_out(variant: str, following: Sequence[str]) -> int:
    """Of a term that ends in a word that is not counted, such as "system": whether it stands there too."""
    words = [word for word, _, _ in words_in_place(variant)]
    count = 0
    while count < min(len(following), len(words)) and not stem(words[-1 - count]):
        if not is_form_of(following[count], words[-1 - count]):
            return 0
        count += 1
    return count


@lru_cache(maxsize=50_000)
def _words_of(text: str) -> tuple[str, ...]:
    """Those that are counted."""
    return tuple(word for word, _, _ in words_in_place(text) if stem(word))


def _are_forms(found: Sequence[str], variant: Sequence[str]) -> bool:
    return len(found) == len(variant) and all(map(is_form_of, found, variant))
