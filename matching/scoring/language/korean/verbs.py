"""Notions that Korean sentences name by a verb: "날을 갈아", "얇게 입히는", "자꾸 막혀서".

People on a shop floor say what they do and what goes wrong by verbs where papers have nouns. The file says of each
verb its dictionary form, its connective form in 아 or 어, which shows how its stem changes, and the notions it names.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

SHIPPED_VERBS = Path(__file__).parent / "verbs.tsv"
_FIRST, _FINALS = ord("가"), 28
# Places of the final consonants among the 28 that a syllable may end in.
_NIEUN, _RIEUL, _PIEUP, _SIOT, _SSANGSIOT = 4, 8, 17, 19, 20
# What follows every stem, one before ㄴ, one in a vowel and one in a consonant, and the connective form.
_AFTER_STEM = ("고", "고자", "지", "기", "거나", "도록", "게", "자")
_AFTER_STEM_BEFORE_N = ("는", "는데", "니", "니까")
_AFTER_VOWEL = ("면", "며", "면서", "려고", "려면")
_AFTER_CONSONANT = ("은", "을", "으면", "으며", "으면서", "으려고", "으려면", "으니")
_AFTER_CONNECTIVE = ("", "서", "야", "도", "요", "진", "지는", "집니다", "지고", "지면", "주는", "줄", "놓은")
# Before a verb of whose forms only the connective one is no other word: 녹을 may be rust, 삶은 a life.
_CONNECTIVE_ONLY = "*"


def forms_of(dictionary: str, connective: str) -> set[str]:
    """Surface forms of one verb, as they stand at the beginning of a word; the shortest has two syllables."""
    found = {connective + ending for ending in _AFTER_CONNECTIVE}
    # The past, whatever follows: 닳았는지, 막혔습니다.
    found.add(_with_final(connective, _SSANGSIOT))
    if not dictionary.startswith(_CONNECTIVE_ONLY):
        found |= _forms_of_stem(dictionary.removesuffix("다"), connective)
    # One syllable is too many other words.
    return {form for form in found if len(form) > 1}


def _forms_of_stem(stem: str, connective: str) -> set[str]:
    soft = _before_vowels(stem, connective)
    without_rieul = _with_final(stem, 0) if _final(stem) == _RIEUL else stem
    found = {stem + ending for ending in _AFTER_STEM} | {without_rieul + ending for ending in _AFTER_STEM_BEFORE_N}
    if _final(soft) in (0, _RIEUL):
        found |= {soft + ending for ending in _AFTER_VOWEL}
        found |= {_with_final(soft, final) for final in (_NIEUN, _RIEUL)}
    else:
        found |= {soft + ending for ending in _AFTER_CONSONANT}
    polite = without_rieul if not _final(without_rieul) else ""
    return found | {_with_final(polite, _PIEUP) + "니다" if polite else stem + "습니다"}


def _before_vowels(stem: str, connective: str) -> str:
    """The stem as 은 and 면 follow it: 구우 of 굽다, which its connective 구워 tells from 접다, 접어."""
    is_changed = not connective.startswith(stem)
    if _final(stem) == _PIEUP and is_changed:
        return _with_final(stem, 0) + "우"
    if _final(stem) == _SIOT and is_changed:
        return _with_final(stem, 0) + "으"
    return stem


def _final(text: str) -> int:
    """Which final consonant the last syllable has; 0 for none."""
    return (ord(text[-1]) - _FIRST) % _FINALS


def _with_final(text: str, final: int) -> str:
    return text[:-1] + chr(ord(text[-1]) - _final(text) + final)


def read_verbs(lines: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Surface form → keys of the notions that it names."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) != 3 or not cells[0].endswith("다"):
            raise ValueError(f"not a verb, its connective form and notions: {line!r}")
        for form in forms_of(cells[0], cells[1]):
            found.setdefault(form, tuple(key.strip() for key in cells[2].split("|")))
    return found


def verb_lines() -> list[str]:
    return [line for line in SHIPPED_VERBS.read_text("utf-8").splitlines() if line]
