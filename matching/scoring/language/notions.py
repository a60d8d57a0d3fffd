"""Notions that a list of technical terms knows in several languages: a bridge between scripts.

"내식성" in a Korean need, "коррозионная стойкость" in a Russian abstract and "corrosion resistance" in an English offer
are one notion. How a text names one is told by `phrases.py` (Russian, English) and `korean/` (Korean).
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from matching.scoring.language.korean.syllables import NOUN_PARTICLES, PARTICLES, Syllables
from matching.scoring.language.korean.verbs import read_verbs, verb_lines
from matching.scoring.language.phrases import Phrases
from matching.scoring.language.text import LANGUAGES, WORD, lexemes, reading_version, stem, tokenise

SHIPPED = Path(__file__).parent / "terms"
_HANGUL = re.compile(r"[가-힣]")
_MARKED = re.compile(r"(?P<noun>[가-힣]{1,2})\+(?P<before>\+|[가-힣/]*)")

_STEM = "~"


@dataclass(frozen=True)
class Notion:
    """One line of a list: for each language its terms, the one shown to people first, without marks."""

    key: str
    terms: Mapping[str, tuple[str, ...]]
    nouns: tuple[tuple[str, frozenset[str]], ...] = ()
    """Korean ones of the terms that are named only as whole words, and what may then stand behind each."""
    stems: tuple[str, ...] = ()
    """Korean ones of the terms that end in the stem of a verb."""

    def name(self, language: str) -> str:
        return self.terms[language][0] if self.terms.get(language) else self.terms["en"][0]


@dataclass(frozen=True)
class NotionInText:
    """A notion and where the text names it."""

    key: str
    start: int
    end: int


def read_terms(lines: Iterable[str]) -> list[Notion]:
    """Three columns by tabs, Korean, Russian, English; variants by " | ", Korean nouns marked as `korean/` says."""
    return [_read_line(line) for line in lines]


def _read_line(line: str) -> Notion:
    cells = [tuple(v.strip() for v in cell.split("|") if v.strip()) for cell in line.rstrip("\n").split("\t")]
    if len(cells) != len(LANGUAGES) or not all(cells):
        raise ValueError(f"not three columns of terms: {line!r}")
    marks = [(variant, _MARKED.fullmatch(variant)) for variant in cells[0]]
    nouns = tuple((mark["noun"], _before(mark["before"])) for _, mark in marks if mark)
    stems = tuple(variant.removesuffix(_STEM) for variant in cells[0] if variant.endswith(_STEM))
    korean = tuple(dict.fromkeys(mark["noun"] if mark else variant.removesuffix(_STEM) for variant, mark in marks))
    return Notion(cells[2][0].lower(), dict(zip(LANGUAGES, (korean, *cells[1:]), strict=True)), nouns, stems)


def _before(mark: str) -> frozenset[str]:
    if mark == "+":
        return NOUN_PARTICLES
    return frozenset(mark.split("/")) if mark else PARTICLES | {""}


class Finder:
    """Finds the notions of a list in texts of any of its languages."""

    def __init__(self, notions: Sequence[Notion], verbs: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> None:
        self.by_key = {notion.key: notion for notion in notions}
        self._phrases, self._syllables = Phrases(), Syllables()
        for notion in notions:
            marked = {noun for noun, _ in notion.nouns}
            for variant in (v for variants in notion.terms.values() for v in variants if v not in marked):
                (self._syllables if _HANGUL.search(variant) else self._phrases).add(variant, notion.key)
            for noun, before in notion.nouns:
                self._syllables.add_noun(noun, before, notion.key)
            for stem_of_verb in notion.stems:
                self._syllables.add_stem(stem_of_verb)
        for form, keys in verbs.items():
            self._syllables.add_verb(form, keys)
        self._syllables.finish()

    def find(self, text: str) -> list[NotionInText]:
        tokens = [(m.start(), m.end(), m.group()) for m in WORD.finditer(text)]
        found = {*self._phrases.find(text, tokens), *self._syllables.find(tokens)}
        return sorted((NotionInText(*place) for place in found), key=lambda f: (f.start, f.end, f.key))

    def keys(self, text: str) -> list[str]:
        """Distinct, in the order of the text."""
        return list(dict.fromkeys(found.key for found in self.find(text)))


@lru_cache(maxsize=1)
def shipped() -> Finder:
    return Finder(read_terms(_lines()), read_verbs(verb_lines()))


# Every rule of finding terms shows in what is found here; another rule is another index.
_SAMPLE = (
    "감자밭 줄기세포로 가죽제품 3회의 재고 싶습니다 재고를 쌀을 굴 양식 프로판올 비철금속 발전 소재 초임계유체 온도 "
    "연료전지 닳았는지 주름이 잡힙니다 "
    "plates plating pilling transforms optimised machining микроробот автомобильный объекта серии облачных надёжно "
    "управление. Данных"
)


@lru_cache(maxsize=1)
def list_version() -> str:
    """Of the contents, and of the way terms and words are read: what was found with another one is found again."""
    found = repr(shipped().find(_SAMPLE))
    return hashlib.sha256("\n".join([*_lines(), *verb_lines(), found, reading_version()]).encode()).hexdigest()[:6]


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
