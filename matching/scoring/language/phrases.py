"""Terms of languages that write their words apart, found by the stems and the forms of their words."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matching.scoring.language.text import WORD, stem, without_case
from matching.scoring.language.word_forms import names

# What stands before another word and leaves it what it is: "микроробот" names a robot.
JOINED = re.compile(
    r"(?i)^(?:микро|нано|био|электро|гидро|термо|тепло|авто|фото|радио|теле|видео|аэро|пневмо|вибро|магнито|агро|эко|"
    r"мульти|много|мини|ультра|супер|квази|гео|опто|крио|вне|меж|внутри|micro|nano|bio|electro|hydro|thermo|photo|radio|"
    r"tele|video|aero|magneto|agro|eco|multi|mini|ultra|super|opto|cryo|geo)-?(?=.{4})"
)
# A word that the list knows with them is a thing of its own: an автомобиль is no mobile.
BEYOND = frozenset("ультра супер авто ultra super auto".split())
# No term goes on behind the end of a sentence, of a line or of a bracket.
ENDS = re.compile(r"[.!?;:…](?=\s)|[\n()\[\]•]")
# Nor, unless it has one itself, behind what joins two things: "goods and vehicles" are no goods vehicle.
JOINTS = re.compile(r"(?i),|\b(?:and|or|и|или)\b")

Token = tuple[int, int, str]
"""Where a word begins and ends, and the word."""
Place = tuple[str, int, int]
"""The key of a notion, and where the text names it."""


@dataclass(frozen=True)
class _Phrase:
    key: str
    stems: tuple[str, ...]
    has_joint: bool

    def is_written(self, text: str, tokens: Sequence[Token]) -> bool:
        """Words beside one another are told apart enough by their stems, if nothing parts them."""
        first, last = tokens[0][1], tokens[-1][0]
        return not ENDS.search(text, first, last) and (self.has_joint or not JOINTS.search(text, first, last))


class Phrases:
    """Finds terms of one word by its forms, of several by their stems one after another."""

    def __init__(self) -> None:
        self._words: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._phrases: dict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        self._keys_of = lru_cache(maxsize=100_000)(self._read_word)

    def add(self, variant: str, key: str) -> None:
        written = WORD.findall(variant)
        words = tuple(word for word in written if stem(word))
        stems = tuple(map(stem, words))
        # Of "technology transfer" only "transfer" would be left, and that is many things.
        if len(written) == len(words) == 1:
            self._words[stems[0]].append((words[0], key))
        elif len(words) > 1:
            self._phrases[stems[:2]].append(_Phrase(key, stems, bool(JOINTS.search(variant))))

    def find(self, text: str, tokens: Sequence[Token]) -> Iterator[Place]:
        words = [(start, end, word) for start, end, word in tokens if stem(word)]
        bases = [stem(word) for _, _, word in words]
        for i, (start, end, word) in enumerate(words):
            for key in self._keys_of(word):
                yield key, start, end
            if (joined := JOINED.match(word)) and not (self._keys_of(word) and _is_beyond(joined.group())):
                yield from ((key, start + joined.end(), end) for key in self._keys_of(word[joined.end() :]))
            for phrase in self._phrases.get(tuple(bases[i : i + 2]), ()):
                last = i + len(phrase.stems)
                if tuple(bases[i:last]) == phrase.stems and phrase.is_written(text, words[i:last]):
                    yield phrase.key, start, words[last - 1][1]

    def _read_word(self, word: str) -> tuple[str, ...]:
        """Words that have the stem of a term are the term only in its forms: a plate is no plating."""
        return tuple(dict.fromkeys(key for listed, key in self._words.get(stem(word), ()) if names(word, listed)))


def _is_beyond(before: str) -> bool:
    return without_case(before).rstrip("-") in BEYOND
