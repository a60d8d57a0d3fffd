"""Texts as the engine reads them: cleaned, told apart by script, cut into passages and words.

Words are told apart by their own script, not by the language of the text around them: "EMS" in a
Korean sentence and "EMS" in an English one are the same term.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple

import snowballstemmer

from kr_ru_platform.words.reading.folding import LANGUAGES as LANGUAGES
from kr_ru_platform.words.reading.folding import fold, spelled
from kr_ru_platform.words.reading.folding import without_case as without_case
from matching.scoring.language.small_words import (
    ENGLISH_STOP_WORDS,
    KOREAN_ENDINGS,
    KOREAN_PREDICATE,
    KOREAN_SMALL_NOUNS,
    KOREAN_STOP_WORDS,
    RUSSIAN_STOP_WORDS,
)

# What lies beyond is neither encoded nor indexed: no honest profile is this long.
MAX_CHARACTERS = 50_000
PASSAGE_WORDS = 60
SHORTEST_PASSAGE_WORDS = 6
MAX_TERM = 60

_TAGS = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
# Up to the next one that begins, so that many that never end are not each read to the end of the text.
_BLOCKS = re.compile(r"(?is)<(script|style)\b(?:(?!<\1\b).){0,20000}?</\1\s*>")
_BREAKS = re.compile(r"(?i)<(?:br|/?p|/?div|/?li|/?tr|/?h[1-6]|/?ul|/?ol)\b[^<>]{0,500}>")
# Python refuses to read a number of thousands of digits; no character has more than seven.
_NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")
# Accents by the thousand on one letter take forever to put in order.
_LONG_RUN = re.compile(r"(?<!\S)\S{1001,}")
_SPACE = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?…。])[\"»”')\]]*\s+(?=[\"«“(\[]*[^\W_a-zа-яё])|\n+|(?<=;)\s+|\s*[•▪●·]\s+")
_MIXED = (
    # Letters of both scripts, or Cyrillic ones and figures: 12Х18Н10Т, ВТ6, and "cталь" with a Latin c.
    r"(?:[а-яёА-ЯЁ]+[A-Za-z0-9]|[A-Za-z0-9]+[а-яёА-ЯЁ])[A-Za-z0-9а-яёА-ЯЁ]*|"
    # One letter that both scripts have belongs to what a hyphen joins it to: "T-образный", "е-learning".
    r"(?:[aceopxyABCEHKMOPTXY]|[pр][HН])[‐‑-][а-яёА-ЯЁ]{3,}|[асеорхуАВСЕНКМОРТХУ][‐‑-][A-Za-z]{3,}|"
    r"[а-яёА-ЯЁ]{1,5}[‐‑-][0-9][A-Za-z0-9а-яёА-ЯЁ]*|[0-9]+[‐‑-][а-яёА-ЯЁ]{1,2}[0-9][A-Za-z0-9а-яёА-ЯЁ]*"
)
WORD = re.compile(
    rf"[가-힣]+|{_MIXED}|[а-яёА-ЯЁ]+(?:[‐‑-][а-яёА-ЯЁ]+)*|[A-Za-zÀ-ÿ0-9α-ωΑ-Ωµ₀-₉]+(?:[.,+/‐‑-][A-Za-z0-9]+)*"
)
_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")


def normalise(text: str) -> str:
    """Plain text: no markup, no control characters, one form of each character."""
    text = text[: 4 * MAX_CHARACTERS].replace("\x00", " ")
    if "<" in text:
        text = _TAGS.sub(" ", _BREAKS.sub("\n", _BLOCKS.sub(" ", text)))
    text = _LONG_RUN.sub(_in_runs, unescape(_NO_CHARACTER.sub(" ", text)))
    text = spelled(text)
    text = "".join(c if c == "\n" or unicodedata.category(c) not in _UNSEEN else " " for c in text)
    return _LINES.sub("\n", _SPACE.sub(" ", text)).strip()[:MAX_CHARACTERS]


def _in_runs(match: re.Match[str]) -> str:
    run = match.group()
    return " ".join(run[start : start + 1000] for start in range(0, len(run), 1000))


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def passages(text: str, *, words: int = PASSAGE_WORDS) -> list[str]:
    """One to three sentences each; a sentence longer than a passage is cut between words."""
    found: list[str] = []
    for sentence in sentences(text):
        pieces = sentence.split()
        for start in range(0, len(pieces), words):
            piece = pieces[start : start + words]
            if found and _fits(found[-1], piece, words):
                found[-1] = f"{found[-1]} {' '.join(piece)}"
            else:
                found.append(" ".join(piece))
    return found


def _fits(previous: str, piece: list[str], words: int) -> bool:
    length = len(previous.split())
    is_fragment = min(length, len(piece)) < SHORTEST_PASSAGE_WORDS
    return length + len(piece) <= (words if is_fragment else words // 2)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The part of a word that its other forms share; empty when it says nothing by itself."""
    word = fold(word)
    if _HANGUL.match(word):
        return _korean_stem(word)
    if any(map(str.isdigit, word)):
        return word
    if _CYRILLIC.match(word):
        return "" if word in RUSSIAN_STOP_WORDS or len(word) < 2 else str(_russian().stemWord(word))
    if word in ENGLISH_STOP_WORDS or len(word) < 2:
        return ""
    return str(_english().stemWord(word))


@lru_cache(maxsize=1)
def _russian() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("russian")


@lru_cache(maxsize=1)
def _english() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


def _korean_stem(word: str) -> str:
    if word in KOREAN_STOP_WORDS or word in KOREAN_SMALL_NOUNS:
        return ""
    for ending in KOREAN_ENDINGS:
        # 한 of a deed follows a noun of two syllables at least: 개발합니다, but not 닳습니다.
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            return "" if ending == "습니다" else word[: -len(ending)]
    return "" if word.endswith(KOREAN_PREDICATE) else word


def words(text: str) -> Iterator[str]:
    for match in WORD.finditer(text):
        yield match.group()


def words_in_place(text: str) -> Iterator[tuple[str, int, int]]:
    for match in WORD.finditer(text):
        yield match.group(), match.start(), match.end()


def lexemes(word: str) -> list[str]:
    """What one word is indexed as: k: Korean syllable pairs, r: and e: stems, x: numbers and formulas.

    Korean compounds are written with and without spaces, so pairs of syllables stand for them.
    """
    base = stem(word)[:MAX_TERM]
    if not base:
        return []
    if any(map(str.isdigit, base)):
        return _of_numbers(base)
    if _HANGUL.match(base):
        return [f"k:{base}"] if len(base) < 3 else [f"k:{base[i : i + 2]}" for i in range(len(base) - 1)]
    if _CYRILLIC.match(base):
        return [f"r:{base}"]
    return [f"e:{base}"]


def _of_numbers(base: str) -> list[str]:
    """A grade or a formula is one lexeme; a number and its unit, and what a hyphen joins to either, are two."""
    parts = re.split(r"[ -]+", base)
    if len(parts) == 1:
        return [f"x:{base}"]
    return [lexeme for part in parts for lexeme in ([f"x:{part}"] if part.isdigit() else lexemes(part))]


# What says no more than "not" behind a verb: 맞추지 못합니다, 닳지 않게.
_DENIED = re.compile(r"[가-힣]+지(?:는|도|를)?(?=\s+(?:못|않|말|마세요))")


def tokenise(text: str) -> list[str]:
    """Distinct lexemes of a text in the order they appear."""
    said = _DENIED.sub(" ", text) if "지" in text else text
    return list(dict.fromkeys(lexeme for word in words(said) for lexeme in lexemes(word)))


def highlight(text: str, terms: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, those that show a term of the query marked; word forms are forgiven.

    A term of several words is marked only where they follow one another.
    """
    wanted = _wanted(tuple(terms))
    found = list(WORD.finditer(text))
    # What stands nowhere in the text is not looked for in each of its words.
    korean = [base for base in wanted.korean if len(base) == 1 or base in text]
    spans = [span for match in found for span in _marks(match, wanted.singles, korean, wanted.begun)]
    return in_pieces(text, [*spans, *_phrase_marks(found, wanted.phrases)])


class _Wanted(NamedTuple):
    """Terms as they are looked for: bases of single words, Korean ones longest first, and of phrases."""

    singles: frozenset[str]
    korean: tuple[str, ...]
    begun: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]


# A page of results looks for the same terms in every text.
@lru_cache(maxsize=200)
def _wanted(terms: tuple[str, ...]) -> _Wanted:
    wanted = {tuple(map(_base, words(term))) for term in terms}
    # A compound may be written without the spaces.
    singles = {"".join(bases) for bases in wanted if len(bases) == 1 or _HANGUL.match("".join(bases))}
    korean = sorted(filter(_HANGUL.match, singles), key=len, reverse=True)
    # The last word of a query may still be being typed.
    begun = tuple(base for base in singles if len(base) >= 3)
    return _Wanted(frozenset(singles), tuple(korean), begun, tuple(bases for bases in wanted if len(bases) > 1))


def in_pieces(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The whole text, what lies in `spans` marked; where they overlap, once."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for start, stop in _apart(spans):
        if start > end:
            pieces.append((text[end:start], False))
        pieces.append((text[start:stop], True))
        end = stop
    if end < len(text):
        pieces.append((text[end:], False))
    return pieces


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


# A page of results asks for the same words again and again.
@lru_cache(maxsize=20_000)
def _base(word: str) -> str:
    return stem(word) or fold(word)


_folded = lru_cache(maxsize=20_000)(fold)
Spans = list[tuple[int, int]]


def _marks(match: re.Match[str], bases: frozenset[str], korean: list[str], begun: tuple[str, ...]) -> Spans:
    word = match.group()
    if _HANGUL.match(word):
        return [(match.start() + at, match.start() + at + length) for at, length in _syllables(word, korean)]
    is_marked = _base(word) in bases or (bool(begun) and _folded(word).startswith(begun))
    return [(match.start(), match.end())] if is_marked else []


def _syllables(word: str, korean: list[str]) -> Spans:
    """Where the longest of the bases stands in a word; one syllable stands for a word only at its end."""
    for base in korean:
        at = word.find(base) if len(base) > 1 else len(_base(word)) - 1
        if word.startswith(base, at) and at >= 0:
            return [(at, len(base))]
    return []


def _phrase_marks(found: Sequence[re.Match[str]], phrases: Iterable[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    beginning: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        beginning.setdefault(phrase[0], []).append(phrase)
    bases = [_base(match.group()) for match in found] if beginning else []
    for i, base in enumerate(bases):
        for phrase in beginning.get(base, ()):
            end = i + len(phrase)
            if tuple(bases[i : end - 1]) == phrase[:-1] and _ends(bases[end - 1 : end], phrase[-1]):
                yield found[i].start(), found[end - 1].end()


def _ends(last: Sequence[str], wanted: str) -> bool:
    """A Korean word may go on: "처리기술" after "표면"."""
    return bool(last) and (
        last[0] == wanted or bool(_HANGUL.match(wanted) and len(wanted) > 1 and last[0].startswith(wanted))
    )


# Every rule of reading words shows in its lexemes; another rule is another index.
_SAMPLE = (
    "12Х18Н10Т ВТ-6 Ti\u20116Al\u20114V Al2O3-ZrO2 3D-печать 0,5 мм 10мм 1 000 10⁶ cтaль сталей ёлка soft\u00adware "
    "Ｔｉ₂ 영구자석에서는 개발하였습니다 전자·기계 welding 5-axis SiO2/Al2O3 R&D İ ㈜ №5 ² "
    "T-образный е-learning 3Дпечать 220В в"
)


@lru_cache(maxsize=1)
def reading_version() -> str:
    """Changes with the way of reading words, so that whatever was read otherwise is read again."""
    tables = (KOREAN_ENDINGS, *map(sorted, (KOREAN_STOP_WORDS, RUSSIAN_STOP_WORDS, ENGLISH_STOP_WORDS)))
    read = repr((tables, tokenise(normalise(_SAMPLE))))
    return hashlib.sha256(read.encode()).hexdigest()[:6]
