"""Korean terms, found by their syllables: compounds are written with and without spaces, and particles stand behind.

A term is found where a word, or a part of a compound, begins with it; a long one anywhere. What a list marks with a
plus is a whole word, for nouns of one syllable and for those that a verb may be spelt like:

    쌀+       a word by itself, or before a particle: 쌀을, 쌀 포대, but not 쌀쌀한
    재고++    only before what follows nouns: 재고를, but not 재고 싶습니다
    천+을/으로  only before these: 천으로, but not 천의 (of a thousand)

A term that ends in one syllable of a verb has a wave behind it, or that syllable would be a word:

    주름이 잡~  whatever ending the verb has: 주름이 잡혀, 주름이 잡힙니다
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from matching.scoring.language.phrases import Place, Token
from matching.scoring.language.small_words import KOREAN_ENDINGS

# A Korean term this short inside a compound is more often a part of another word.
SHORT = 2
# What makes of a short term no other word: 감자밭, 도금용, 유량계.
SUFFIXES = frozenset("용형식성화률율기제재부계품업나물류유질층지판적막관밭통틀끈별면체광염즙잎")
# What makes another word even of three syllables: 프로판올, 스마트카드, 전기장치, 스키장갑.
OTHERS_BEHIND = frozenset("올드치비능닛원널갑닐트스링")
# One syllable that stands before a word without being a part of another one: 비철금속, 폐유기용제.
PREFIXES = frozenset(
    "비디과공이당반오폐열중물순삼항불핵철복부귀통평주전위광백금목한재일아무초신고저대다준역탈구총내외생습냉온유미양음강약"
    "최친범극급동원정캠볼티연돈"
)
NOUN_PARTICLES = frozenset("을 를 의 에 에서 에는 에도 에서는 으로 로 으로는 로는 으로서 로서 과 와 이 가".split())
PARTICLES = NOUN_PARTICLES | frozenset(
    "은 는 도 만 이나 나 까지 부터 처럼 보다 입니다 이다 인 이며 들 들을 들이 들의".split()
)
LIKE_PARTICLES = frozenset("의로도은는이가를을과와나에만")
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True)
class Written:
    """The words of a text as one run of letters: compounds are told apart by nothing else."""

    letters: str
    places: Sequence[int]
    """Where in the text each letter stands."""
    starts: Sequence[int]
    """Where in the run each word begins, in order; the last is the end of the run."""

    def word_at(self, at: int) -> tuple[int, int]:
        i = bisect_right(self.starts, at)
        return self.starts[i - 1], self.starts[i]

    def is_counted(self, at: int) -> bool:
        """Right behind a figure: 3회의 is of three times and no meeting."""
        return at > 0 and self.letters[at - 1].isdigit() and self.places[at] == self.places[at - 1] + 1


class Syllables:
    """Finds Korean terms in the words of a text."""

    def __init__(self) -> None:
        self._terms: dict[str, str] = {}
        self._stems: set[str] = set()
        self._verbs: dict[str, tuple[str, ...]] = {}
        self._nouns: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, term: str, key: str) -> None:
        self._terms.setdefault(_run_together(term), key)

    def add_stem(self, term: str) -> None:
        """The last word of this term is the stem of a verb."""
        self._stems.add(_run_together(term))

    def add_noun(self, noun: str, before: frozenset[str], key: str) -> None:
        """Found as a whole word only, before one of these particles."""
        self._nouns[noun].append((before, key))

    def add_verb(self, form: str, keys: tuple[str, ...]) -> None:
        """Found where a word begins, beside what is a term: nothing rough, 거칠하고, is painted, 칠하고."""
        self._verbs[form] = keys

    def finish(self) -> None:
        """After the last term: how long the terms are that begin with two syllables."""
        for begin, terms in groupby(sorted(self._terms.keys() | self._verbs.keys()), key=lambda term: term[:2]):
            self._lengths[begin] = tuple(sorted({len(term) for term in terms}, reverse=True))

    def find(self, tokens: Sequence[Token]) -> Iterator[Place]:
        if any(_HANGUL.match(word) for _, _, word in tokens):
            terms = list(self._terms_in(_written(tokens)))
            yield from terms
            held = {at for _, start, end in terms for at in range(start, end)}
            for start, _, word in tokens:
                # What a longer term holds is its own: 길 포장 is about no packaging.
                if start not in held:
                    yield from ((key, start, start + length) for key, length in self._nouns_in(word))

    def _nouns_in(self, word: str) -> Iterator[tuple[str, int]]:
        for length in range(1, min(len(word), SHORT) + 1):
            for before, key in self._nouns.get(word[:length], ()):
                if word[length:] in before:
                    yield key, length

    def _terms_in(self, text: Written) -> Iterator[Place]:
        begun = set(text.starts)
        # What a longer term holds is its own: a fuel cell is no battery, though 연료전지 ends in 전지.
        held = 0
        for at in range(len(text.letters) - 1):
            for length in self._lengths.get(text.letters[at : at + 2], ()):
                end = at + length
                keys = self._named(text, at, end)
                if keys and (_stands(text, at, end, held, begun) or self._is_stem(text, at, end)):
                    begun.add(end)
                    held = max(held, end)
                    yield from ((key, text.places[at], text.places[end - 1] + 1) for key in keys)

    def _is_stem(self, text: Written, at: int, end: int) -> bool:
        return text.word_at(at)[0] == at and text.letters[at:end] in self._stems

    def _named(self, text: Written, at: int, end: int) -> tuple[str, ...]:
        piece = text.letters[at:end] if end <= len(text.letters) else ""
        start, stop = text.word_at(at)
        verbs = self._verbs.get(piece, ()) if at == start and end <= stop else ()
        term = self._terms.get(piece)
        return (term, *verbs) if term else verbs


def _run_together(term: str) -> str:
    return re.sub(r"[\s·-]", "", term).lower()


def _written(tokens: Sequence[Token]) -> Written:
    letters = "".join(low if len(low := c.lower()) == 1 else c for _, _, word in tokens for c in word)
    places = [at for start, end, _ in tokens for at in range(start, end)]
    return Written(letters, places, list(accumulate((len(word) for _, _, word in tokens), initial=0)))


def _stands(text: Written, at: int, end: int, held: int, begun: set[int]) -> bool:
    """Whether the term between is one there, and not the end of one word with the beginning of another."""
    start, stop = text.word_at(at)
    # Only what begins with its word goes on in the next: 초임계유체 온도 is not about 체온.
    if end > stop and (at > start or _is_torn(text, end)):
        return False
    # Of two that have one syllable in common the first is meant: 줄기세포로 is about no 포로.
    if at + 1 == held < end and at not in begun:
        return False
    tail = text.letters[end:stop]
    if end - at > SHORT:
        is_cut = at not in begun and at - 1 in begun and text.letters[at - 1] not in PREFIXES
        return not is_cut and not (end - at == SHORT + 1 and _left_over(tail) in OTHERS_BEHIND)
    if text.is_counted(at) and text.letters[end - 1] in LIKE_PARTICLES:
        return False
    is_free = end > held or (at, end) == (start, stop)
    return is_free and _is_short_word(at - start, tail, at in begun)


def _is_torn(text: Written, end: int) -> bool:
    """One syllable off the beginning of the next word: 발전 소재 is about no 발전소."""
    start, stop = text.word_at(end - 1)
    return end - start == 1 and end < stop and text.letters[end:stop] not in KOREAN_ENDINGS


def _is_short_word(before: int, tail: str, is_begun: bool) -> bool:
    """Where a word or a part of a compound begins, or as its last part.

    One syllable left over makes it another word, unless it is a particle or a suffix.
    """
    ends_well = not tail or tail in KOREAN_ENDINGS
    rest = _left_over(tail)
    return (is_begun and (ends_well or not rest or rest in SUFFIXES)) or (before >= SHORT and ends_well)


def _left_over(tail: str) -> str:
    """The one syllable that stands between a term and its particle; nothing where there are more."""
    if tail in KOREAN_ENDINGS:
        return ""
    rest = next((tail[: -len(ending)] for ending in KOREAN_ENDINGS if tail.endswith(ending)), "") or tail
    return rest if len(rest) == 1 else ""
