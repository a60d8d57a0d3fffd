"""Grades and formulae as one word in one script, in a text whose case is folded already."""

import re
from functools import lru_cache

# Cyrillic letters that look like Latin ones, small or as capitals.
_PAIRS = dict(zip("авекмнорстух", "abekmhopctyx", strict=True))
LOOK_ALIKES = {ord(cyrillic): latin for cyrillic, latin in {**_PAIRS, "і": "i", "ѕ": "s", "ј": "j"}.items()}
_CYRILLIC_OF = {ord(latin): cyrillic for cyrillic, latin in _PAIRS.items()}
_LETTERS = "a-z\u00df-\u024f\u0370-\u04ff"
_RUN = re.compile(rf"[0-9{_LETTERS}]+(?:-[0-9{_LETTERS}]+)*")
_PLAIN_RUN = re.compile(rf"(?<![0-9{_LETTERS}])[{_LETTERS}]+(?![0-9{_LETTERS}])")
_BOTH = re.compile(r"[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]")
_BOTH_BY_HYPHEN = re.compile(r"[a-z]-[\u0400-\u04ff]|[\u0400-\u04ff]-[a-z]")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_DIGIT = re.compile(r"[0-9]")
# Longer ones before a number are words: "модель-5" is no grade, "АМг-6" and "COVID-19" are.
MOST_LETTERS = 5


def without_stray_letters(text: str) -> str:
    """Words of letters alone in one script each: "cтaль" → "сталь"."""
    return _PLAIN_RUN.sub(lambda run: _of_letters(run.group()), text) if _BOTH.search(text) else text


def fold_words(text: str) -> str:
    """Every word of a folded text: grades joined and in one script, stray letters put right."""
    # Most texts have neither a figure nor a word of two scripts.
    if not _DIGIT.search(text) and not _BOTH.search(text) and not _BOTH_BY_HYPHEN.search(text):
        return text
    if text.isascii() and "-" not in text:
        return text
    return _RUN.sub(lambda run: fold_word(run.group()), text)


@lru_cache(maxsize=50_000)
def _folded(run: str) -> str:
    parts = _joined(run.split("-"))
    if len(parts) > 1 and len(parts[0]) <= 2 and parts[0].isalpha():
        parts[0] = _in_the_script_of(parts[0], parts[1])
    return "-".join(map(_in_one_script, parts))


def _in_the_script_of(part: str, following: str) -> str:
    """Letters that both scripts have are of the word that a hyphen joins them to: "T-образный", "е-learning"."""
    if (
        len(following) < 3
        or _DIGIT.search(following)
        or bool(_LATIN.search(following)) == bool(_CYRILLIC.search(following))
    ):
        return part
    if _LATIN.search(following):
        return part.translate(LOOK_ALIKES) if all(ord(letter) in LOOK_ALIKES for letter in part) else part
    return part.translate(_CYRILLIC_OF) if all(ord(letter) in _CYRILLIC_OF for letter in part) else part


def fold_word(run: str) -> str:
    """One word, with the parts that hyphens join: "ti-6al-4v" → "ti6al4v", "вт6" → "bt6", "cтaль" → "сталь"."""
    # What is long is no word; remembering it would cost more than it saves.
    return _folded(run) if len(run) <= 60 else _folded.__wrapped__(run)


def _joined(parts: list[str]) -> list[str]:
    """Parts without the hyphens that some write inside a grade and others do not."""
    found = [[parts[0]]]
    for before, part in zip(parts, parts[1:], strict=False):
        if _belongs(before, part):
            found[-1].append(part)
        else:
            found.append([part])
    return ["".join(pieces) for pieces in found]


def _belongs(before: str, part: str) -> bool:
    """ "Ti-6Al-4V", "АМг-6", "12-Х18Н10Т", "7075-T6", "6-Al"; but not "Al2O3-ZrO2", "5-axis" and "3D-печать"."""
    has_digits, is_number = bool(_DIGIT.search(before)), before.isdigit()
    if part[0].isdigit():
        return not before[-1].isdigit() and (has_digits or len(before) <= MOST_LETTERS)
    return is_number and (len(part) <= 2 or bool(_DIGIT.search(part)))


def _in_one_script(part: str) -> str:
    if part.isascii() or part.isdigit():
        return part
    return part.translate(LOOK_ALIKES) if _DIGIT.search(part) else _of_letters(part)


def _of_letters(part: str) -> str:
    latin, cyrillic = set(_LATIN.findall(part)), set(_CYRILLIC.findall(part))
    if not latin or not cyrillic:
        return part
    is_latin = any(ord(letter) not in _CYRILLIC_OF for letter in latin)
    is_cyrillic = any(ord(letter) not in LOOK_ALIKES for letter in cyrillic)
    if is_latin == is_cyrillic:
        # A word of both, or one that could be either: then the script of most letters.
        if is_latin:
            return part
        is_cyrillic = len(_CYRILLIC.findall(part)) > len(_LATIN.findall(part))
    return part.translate(_CYRILLIC_OF if is_cyrillic else LOOK_ALIKES)
