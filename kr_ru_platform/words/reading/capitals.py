"""A query as texts write it: the encoder reads capitals, ё and look-alike letters as they are, people do not."""

import re

from kr_ru_platform.words.reading.grades import LOOK_ALIKES, without_stray_letters

# What is longer and in capitals is a word that was typed so, not an abbreviation; several words may be shorter.
LONGEST_ABBREVIATION, LONGEST_AMONG_OTHERS = 5, 4
_YO = str.maketrans("ёЁ", "еЕ")
_ALIKE = LOOK_ALIKES | {ord(chr(code).upper()): latin.upper() for code, latin in LOOK_ALIKES.items()}
_WORD = re.compile(r"[^\W_]+")


def as_texts_write(text: str) -> str:
    """Words in small letters of one script; abbreviations and formulae stay, unless all was typed in capitals."""
    text = text.translate(_YO)
    found = [word for word in _WORD.findall(text) if word.isalpha() and word.upper() != word.lower()]
    longest = LONGEST_AMONG_OTHERS if len(found) > 1 and all(map(str.isupper, found)) else LONGEST_ABBREVIATION
    is_loud = any(len(word) > longest and _is_loud(word) for word in found)
    return _WORD.sub(lambda word: _as_written(word.group(), is_loud=is_loud), text)


def _is_loud(word: str) -> bool:
    return word.isupper() and word.isalpha()


def _as_written(word: str, *, is_loud: bool) -> str:
    if any(map(str.isdigit, word)):
        return word.translate(_ALIKE) if any("a" <= letter <= "z" for letter in word.lower()) else word
    has_inner_capital = word[1:] != word[1:].lower()
    if has_inner_capital and not (is_loud and _is_loud(word)):
        return word
    return without_stray_letters(word.lower())
