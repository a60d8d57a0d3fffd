"""Notions that Korean sentences name by a verb: "날을 갈아", "얇게 입히는", "자꾸 막혀서".

People on a shop floor say what they do and what goes wrong by verbs where papers have nouns. The file says of each
verb its dictionary form, its connective form in 아 or 어, which shows how its stem changes, and the notions it names.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

SHIPPED_VERBS = Path(__file__).parent / "verbs.tsv"
_FIRST, _FINALS = ord("가"), 28
# Places of the final consonants among the 28 that a syllable may end in.
_NIEUN, _RIEUL, _MIEUM, _PIEUP = 4, 8, 16, 17
# What follows a stem, what follows one that ends in a consonant, and what follows the connective form.
_AFTER_STEM = ("는", "고", "고자", "며", "면", "면서", "지", "기", "거나", "도록", "려고", "려면", "니", "는데", "게", "자")
_AFTER_CONSONANT = ("은", "을", "으면", "으며", "으면서", "으려고", "으니", "음", "습니다")
_LINKED = frozenset("면 며 면서 려고 려면 니".split())
_AFTER_CONNECTIVE = ("", "서", "야", "도", "요", "진", "지는", "집니다", "지고", "지면", "주는", "줄", "내는", "놓은", "버립니다", "요.")


def forms_of(dictionary: str, connective: str) -> set[str]:
    """Surface forms of one verb, as they stand at the beginning of a word; the shortest has two syllables."""
    stem = dictionary.removesuffix("다")
    found = {stem + ending for ending in _AFTER_STEM if ending not in _LINKED}
    found |= {connective + ending for ending in _AFTER_CONNECTIVE if ending != "요."}
    base = _before_vowels(stem, connective)
    if _final(base):
        found |= {base + ending for ending in _AFTER_CONSONANT}
    else:
        found |= {base + ending for ending in _LINKED}
        found |= {_with_final(base, final) for final in (_NIEUN, _RIEUL, _MIEUM)}
        found |= {_with_final(stem, _PIEUP) + "니다"} if not _final(stem) else {stem + "습니다"}
    # One syllable is too many other words.
    return {form for form in found if len(form) > 1}


def _before_vowels(stem: str, connective: str) -> str:
    """굽다, 구워: the stem that 은 and 면 follow is 구우; 녹슬다 loses its ㄹ before 은."""
    if _final(stem) == _PIEUP and not connective.startswith(stem):
        return stem[:-1] + "우" if not stem[:-1] else stem[:-1] + "우"
    if _final(stem) == _RIEUL:
        return _with_final(stem, 0)
    if _final(stem) == 19 and not connective.startswith(stem):  # 젓다, 저어
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
