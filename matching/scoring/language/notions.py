"""Notions that a list of technical terms knows in several languages: a bridge between scripts.

"내식성" in a Korean need, "коррозионная стойкость" in a Russian abstract and "corrosion
resistance" in an English offer are one notion. Words other than Korean ones are compared by their
stems; Korean terms are found wherever a word, or a part of a compound, begins with them, because
compounds are written with and without spaces.
"""

import hashlib
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby
from pathlib import Path
from types import MappingProxyType

from matching.scoring.language.korean_verbs import read_verbs, verb_lines
from matching.scoring.language.small_words import KOREAN_ENDINGS
from matching.scoring.language.text import LANGUAGES, WORD, lexemes, reading_version, stem, tokenise

SHIPPED = Path(__file__).parent / "terms"
# A Korean term this short inside a compound is more often a part of another word.
SHORT = 2
SUFFIXES = frozenset("용형식성화률율기제재부계품")
# What stands before another word and leaves it what it is: "микроробот" names a robot.
JOINED = re.compile(
    r"(?i)^(?:микро|нано|био|электро|гидро|термо|тепло|авто|фото|радио|теле|видео|аэро|пневмо|вибро|магнито|агро|эко|"
    r"мульти|много|мини|ультра|супер|квази|гео|опто|крио|вне|меж|внутри|micro|nano|bio|electro|hydro|thermo|photo|radio|"
    r"tele|video|aero|magneto|agro|eco|multi|mini|ultra|super|opto|cryo|geo)-?(?=.{4})"
)
BEYOND = frozenset("ультра супер ultra super".split())
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True)
class Notion:
    """One line of a list: for each language its terms, the one shown to people first."""

    key: str
    terms: Mapping[str, tuple[str, ...]]

    def name(self, language: str) -> str:
        return self.terms[language][0] if self.terms.get(language) else self.terms["en"][0]


@dataclass(frozen=True)
class NotionInText:
    """A notion and where the text names it."""

    key: str
    start: int
    end: int


def read_terms(lines: Iterable[str]) -> list[Notion]:
    """Three columns by tabs, Korean, Russian, English; variants by " | "."""
    notions = []
    for line in lines:
        cells = [tuple(v.strip() for v in cell.split("|") if v.strip()) for cell in line.rstrip("\n").split("\t")]
        if len(cells) != len(LANGUAGES) or not all(cells):
            raise ValueError(f"not three columns of terms: {line!r}")
        notions.append(Notion(cells[2][0].lower(), dict(zip(LANGUAGES, cells, strict=True))))
    return notions


class Finder:
    """Finds the notions of a list in texts of any of its languages."""

    def __init__(self, notions: Sequence[Notion], verbs: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> None:
        self.by_key = {notion.key: notion for notion in notions}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        # A Korean term is of one notion, a verb may be of several.
        self._korean: dict[str, tuple[str, ...]] = {}
        for notion in notions:
            for variants in notion.terms.values():
                for variant in variants:
                    self._add(variant, notion.key)
        self._verb_forms = verbs.keys() - self._korean.keys()
        self._korean |= {form: verbs[form] for form in self._verb_forms}
        self._lengths: dict[str, tuple[int, ...]] = defaultdict(tuple)
        for begin, terms in groupby(sorted(self._korean), key=lambda term: term[:2]):
            self._lengths[begin] = tuple(sorted({len(term) for term in terms}, reverse=True))

    def _add(self, variant: str, key: str) -> None:
        if _HANGUL.search(variant):
            self._korean.setdefault(re.sub(r"[\s·-]", "", variant).lower(), (key,))
            return
        words = WORD.findall(variant)
        stems = tuple(base for base in map(stem, words) if base)
        # Of "technology transfer" only "transfer" would be left, and that is many things.
        says_enough = len(stems) > 1 or len(words) == 1
        if stems and says_enough and (stems, key) not in self._phrases[stems[0]]:
            self._phrases[stems[0]].append((stems, key))

    def find(self, text: str) -> list[NotionInText]:
        tokens = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
        return sorted({*self._by_stems(tokens), *self._by_syllables(tokens)}, key=lambda f: (f.start, f.end, f.key))

    def keys(self, text: str) -> list[str]:
        """Distinct, in the order of the text."""
        return list(dict.fromkeys(found.key for found in self.find(text)))

    def _by_stems(self, tokens: Sequence[tuple[int, int, str]]) -> Iterator[NotionInText]:
        words = [(start, end, base, word) for start, end, word in tokens if (base := stem(word))]
        bases = [base for _, _, base, _ in words]
        for i, (start, end, base, word) in enumerate(words):
            for stems, key in self._phrases.get(base, ()):
                if tuple(bases[i : i + len(stems)]) == stems:
                    yield NotionInText(key, start, words[i + len(stems) - 1][1])
            if (joined := JOINED.match(word)) and not self._is_another(joined.group().lower(), base):
                rest = (stem(word[joined.end() :]),)
                yield from (
                    NotionInText(key, start + joined.end(), end)
                    for stems, key in self._phrases.get(rest[0], ())
                    if stems == rest
                )

    def _is_another(self, before: str, base: str) -> bool:
        """What the list knows itself: a microrobot is a robot still, but nothing ultralight is a light."""
        is_listed = any(stems == (base,) for stems, _ in self._phrases.get(base, ()))
        return is_listed and before.rstrip("-") in BEYOND

    def _named(self, piece: str, is_inside: bool) -> tuple[str, ...]:
        """A verb stands where its word begins: nothing rough, 거칠하고, is painted, 칠하고."""
        return () if is_inside and piece in self._verb_forms else self._korean.get(piece, ())

    def _by_syllables(self, tokens: Sequence[tuple[int, int, str]]) -> Iterator[NotionInText]:
        if not any(_HANGUL.match(word) for _, _, word in tokens):
            return
        letters = "".join(low if len(low := c.lower()) == 1 else c for _, _, word in tokens for c in word)
        places = [at for start, end, _ in tokens for at in range(start, end)]
        spans = [(end - len(word), end) for end, (_, _, word) in zip(_ends(tokens), tokens, strict=True)]
        words = [span for span in spans for _ in range(*span)]
        begun = {start for start, _ in spans}
        # What a longer term holds is its own: a fuel cell is no battery, though 연료전지 ends in 전지.
        held = 0
        for at in range(len(letters) - 1):
            for length in self._lengths.get(letters[at : at + 2], ()):
                end = at + length
                start, stop = words[at]
                keys = self._named(letters[at:end], at > start) if end <= len(letters) else ()
                # Only what begins with its word goes on in the next: 초임계유체 온도 is not about 체온.
                is_across = end > stop and bool(keys) and (at > start or _is_torn(end, words[end - 1], letters))
                is_free = end > held or (at, end) == (start, stop)
                before = at - start if is_free else 0
                if keys and not is_across and _is_word(before, length, letters[end:stop], at in begun and is_free):
                    begun.add(end)
                    held = max(held, end)
                    yield from (NotionInText(key, places[at], places[end - 1] + 1) for key in keys)


def _ends(tokens: Sequence[tuple[int, int, str]]) -> list[int]:
    """Where each word ends when all stand together without spaces."""
    return list(accumulate(len(word) for _, _, word in tokens))


def _is_torn(end: int, word: tuple[int, int], letters: str) -> bool:
    """One syllable off the beginning of the next word: 발전 소재 is about no 발전소."""
    start, stop = word
    return end - start == 1 and end < stop and letters[end:stop] not in KOREAN_ENDINGS


def _is_word(before: int, length: int, tail: str, is_begun: bool) -> bool:
    """A long term anywhere; a short one where a word or a part of a compound begins, or as its last part.

    One syllable left over makes a short term another word, unless it is a particle or a suffix.
    """
    if length > SHORT:
        return True
    ends_well = not tail or tail in KOREAN_ENDINGS
    rest = next((tail[: -len(ending)] for ending in KOREAN_ENDINGS if tail.endswith(ending)), "") or tail
    return (is_begun and (len(rest) != 1 or ends_well or rest in SUFFIXES)) or (before >= SHORT and ends_well)


@lru_cache(maxsize=1)
def shipped() -> Finder:
    return Finder(read_terms(_lines()), read_verbs(verb_lines()))


@lru_cache(maxsize=1)
def list_version() -> str:
    """Of the contents, and of the way words are read: what was found with another one is found again."""
    return hashlib.sha256("\n".join([*_lines(), *verb_lines(), reading_version()]).encode()).hexdigest()[:6]


def list_files() -> list[Path]:
    """The general lists first, then those of industries: a Korean term belongs to the first line that has it."""
    return sorted(SHIPPED.rglob("*.tsv"), key=lambda path: (len(path.parts), path))


def _lines() -> list[str]:
    return [line for path in list_files() for line in path.read_text("utf-8").splitlines() if line]


PREFIX = "n:"


def all_lexemes(text: str) -> list[str]:
    """Distinct lexemes of the words of a text, and those of the notions it names."""
    return [*tokenise(text), *(PREFIX + key for key in shipped().keys(text))]


def surfaces(text: str) -> dict[str, str]:
    """Lexeme → how this text writes it: by a notion within the word, or the word without its Korean particle."""
    found: dict[str, str] = {}
    notions = shipped().find(text)
    starts = [notion.start for notion in notions]
    for token in WORD.finditer(text):
        begun = notions[bisect_left(starts, token.start()) : bisect_left(starts, token.end())]
        inside = (n for n in begun if n.end <= token.end())
        longest = max(inside, key=lambda n: n.end - n.start, default=None)
        word = token.group()
        shown = text[longest.start : longest.end] if longest else stem(word) if _HANGUL.match(word) else word
        for lexeme in lexemes(word):
            found.setdefault(lexeme, shown)
    for notion in notions:
        found.setdefault(PREFIX + notion.key, text[notion.start : notion.end])
    return found
