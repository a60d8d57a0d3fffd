"""Words that are nearly spelt alike: the letters of a keyboard apart, Korean syllables by their single letters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.scoring.language.keyboard import jamo, script_of
from matching.scoring.language.notions import shipped
from matching.scoring.language.text import stem, words

# So many letters may be wrong in a word of so many; a shorter one is another word with any other letter.
SHORTEST = 4
ALLOWED = ((4, 1), (9, 2))
MOST_ALIKE = 4
# What sounds alike is written one for the other before anything else is.
SOUND = str.maketrans("ㅐㅒㅆㄲㄸㅃㅉоеыё", "ㅔㅖㅅㄱㄷㅂㅈаиии")


Nearness = tuple[float, float]


class NearSpelling(NamedTuple):
    """How many letters apart, those that sound alike less; and the word."""

    distance: float
    word: str


@lru_cache(maxsize=1)
def listed_words() -> Mapping[str, frozenset[str]]:
    """Script → the single words of the list of terms, Korean compounds also without their blanks."""
    found: dict[str, set[str]] = defaultdict(set)
    for notion in shipped().by_key.values():
        for variants in notion.terms.values():
            for word in (word for variant in variants for word in single_words(variant)):
                found[script_of(word[0])].add(word.lower())
    return {script: frozenset(of) for script, of in found.items()}


def single_words(text: str) -> list[str]:
    """The words of a text, and each two Korean ones that follow one another as one: so compounds are written too."""
    found = list(words(text))
    pairs = zip(found, found[1:], strict=False)
    is_korean = [script_of(word[0]) == "ko" for word in found]
    both = (
        one + other
        for (one, other), ko, next_ko in zip(pairs, is_korean, is_korean[1:], strict=False)
        if ko and next_ko
    )
    return [*found, *both]


@lru_cache(maxsize=1)
def _listed_stems() -> frozenset[str]:
    return frozenset(stem(word) or word for of in listed_words().values() for word in of)


def is_listed(word: str) -> bool:
    """Spelt as the list of terms spells it, in whatever form: nobody's slip of the pen."""
    if script_of(word[0]) == "ko":
        # What is left of a Korean verb is no word: 만드 of 만드는.
        return not listed_words()["ko"].isdisjoint((word, stem(word)))
    return stem(word) in _listed_stems()


class _Read(NamedTuple):
    """A word, its stem, and the letters of the stem."""

    word: str
    base: str
    letters: str


def _read(words_: Iterable[str], script: str) -> list[_Read]:
    """Those of this script that say something."""
    read = ((word, stem(word)) for word in words_ if script_of(word[0]) == script)
    return [_Read(word, base, jamo(base)) for word, base in read if base]


@lru_cache(maxsize=3)
def _listed(script: str) -> tuple[list[_Read], list[str]]:
    """The listed words and their letters: some ten thousand, taken apart once."""
    read = _read(sorted(listed_words().get(script, ())), script)
    return read, [each.letters for each in read]


def _listed_near(letters: str, script: str, most: int) -> list[_Read]:
    """Compared without Python's help: they are many, and few of them are near."""
    read, of_each = _listed(script)
    near = process.extract(letters, of_each, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [read[place] for _letters, _distance, place in near]


def alike(word: str, others: Iterable[str], *, with_listed: bool = False) -> list[NearSpelling]:
    """Those of the same script that could have been meant, nearest first; of the list of terms, too."""
    own = stem(word) or word.lower()
    letters = jamo(own)
    most = allowed(letters)
    if not most:
        return []
    script = script_of(own[0])
    found: dict[str, Nearness] = {}
    for other, base, of_base in [*(_listed_near(letters, script, most) if with_listed else ()), *_read(others, script)]:
        distance = _distance(letters, of_base, most)
        # A stem says too little by itself: a Russian one may be all that two words have in common.
        if distance <= most and OSA.distance(word.lower(), other.lower()) <= most + 2:
            apart = distance + 0.5 * _distance(_sounds(letters), _sounds(of_base), most)
            # Of several forms of a word the one that was nearly typed.
            found[_shown(other, base)] = (apart, OSA.distance(word.lower(), other.lower()))
    return [NearSpelling(apart, other) for other, (apart, _) in _best(found)]


def allowed(letters: str) -> int:
    return next((most for least, most in reversed(ALLOWED) if len(letters) >= least), 0)


def _distance(one: str, other: str, most: int) -> int:
    if abs(len(one) - len(other)) > most:
        return most + 1
    distance = OSA.distance(one, other, score_cutoff=most)
    # The beginning of a word is seldom wrong: two slips and another first letter make another word.
    return distance if distance < 2 or one[0] == other[0] else most + 1


def _shown(word: str, base: str) -> str:
    """A Korean word without its particle, any other as it stands."""
    return base if script_of(word[0]) == "ko" else word.lower()


def _sounds(letters: str) -> str:
    return letters.translate(SOUND)


def _best(found: Mapping[str, Nearness]) -> list[tuple[str, Nearness]]:
    """Forms of one word are one word."""
    first_of: dict[str, tuple[str, Nearness]] = {}
    for word, near in sorted(found.items(), key=lambda pair: (pair[1], len(pair[0]), pair[0])):
        first_of.setdefault(stem(word), (word, near))
    return list(first_of.values())[:MOST_ALIKE]


def may_join(one: str, other: str) -> bool:
    """Whether they may be one word with a blank in it."""
    return bool(one and other) and script_of(one[-1]) == script_of(other[0]) != ""


def parted(word: str) -> list[tuple[str, str]]:
    """The two words that it may have been written together from."""
    least = 2 if script_of(word[0]) == "ko" else 4
    cuts = range(least, len(word) - least + 1)
    return [(word[:cut], word[cut:]) for cut in cuts if stem(word[:cut]) and stem(word[cut:])]
