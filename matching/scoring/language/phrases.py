"""Terms of languages that write their words apart, found by the stems and the forms of their words."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from matching.scoring.language.text import WORD, stem
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

Token = tuple[int, int, str]
"""Where a word begins and ends, and the word."""
Place = tuple[str, int, int]
"""The key of a notion, and where the text names it."""


class Phrases:
    """Finds terms of one word by its forms, of several by their stems one after another."""

    def __init__(self) -> None:
        self._words: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._phrases: dict[tuple[str, str], list[tuple[tuple[str, ...], str, tuple[str, ...]]]] = defaultdict(list)
        self._keys_of = lru_cache(maxsize=100_000)(self._read_word)

    def add(self, variant: str, key: str) -> None:
        written = WORD.findall(variant)
        words = tuple(word for word in written if stem(word))
        stems = tuple(map(stem, words))
        # Of "technology transfer" only "transfer" would be left, and that is many things.
        if len(written) == len(words) == 1:
            self._words[stems[0]].append((words[0], key))
        elif len(words) > 1:
            self._phrases[stems[:2]].append((stems, key, words))

    def find(self, text: str, tokens: Sequence[Token]) -> Iterator[Place]:
        words = [(start, end, word) for start, end, word in tokens if stem(word)]
        bases = [stem(word) for _, _, word in words]
        for i, (start, end, word) in enumerate(words):
            for key in self._keys_of(word):
                yield key, start, end
            if (joined := JOINED.match(word)) and not (self._keys_of(word) and _is_beyond(joined.group())):
                yield from ((key, start + joined.end(), end) for key in self._keys_of(word[joined.end() :]))
            for stems, key, forms in self._phrases.get(tuple(bases[i : i + 2]), ()):  # type: ignore[call-overload]
                last = i + len(stems)
                written = [each for _, _, each in words[i:last]]
                if tuple(bases[i:last]) == stems and _are_forms(written, forms):
                    if not ENDS.search(text, end, words[last - 1][0]):
                        yield key, start, words[last - 1][1]

    def _read_word(self, word: str) -> tuple[str, ...]:
        """Words that have the stem of a term are the term only in its forms: a plate is no plating."""
        return tuple(dict.fromkeys(key for listed, key in self._words.get(stem(word), ()) if names(word, listed)))


def _is_beyond(before: str) -> bool:
    return before.lower().rstrip("-") in BEYOND


def _are_forms(words: Sequence[str], listed: Sequence[str]) -> bool:
    """Beside one another Russian words are told apart enough by their stems."""
    return all("а" <= of[0].lower() <= "ё" or names(word, of) for word, of in zip(words, listed, strict=True))
