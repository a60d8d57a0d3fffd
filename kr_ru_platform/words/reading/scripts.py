"""In which of the portal's languages a text is written, told by script and not by single terms."""

import re
from typing import overload

# The one list; words/languages.py gives each its names. Here, so that what is plain Python reads it too.
KOREAN, RUSSIAN, ENGLISH = LANGUAGES = ("ko", "ru", "en")
# A page is enough to tell.
MOST_READ = 20_000
# A syllable block carries about as much as three letters.
SYLLABLE = 3
# Among letters of words, from these shares on it is a Korean or a Russian text with foreign words in it.
LEAST_KOREAN, LEAST_RUSSIAN = 0.35, 0.3
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97c\uac00-\ud7fb]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ]+")
_GRADE = re.compile(r"(?<![A-Za-z0-9\u0400-\u052f])[A-Za-z\u0400-\u052f]*[0-9][A-Za-z0-9\u0400-\u052f]*")
_OTHER = re.compile(r"[\u0530-\u10ff\u1200-\u1aff\u2e80-\u2fdf\u3040-\u30ff\u31f0-\u9fff\uf900-\ufaff]")
_ENGLISH = frozenset(
    "the of and for in with to by on from is are at an as using which that based we our this be".split()
)


@overload
def detect_language(text: str, default: str) -> str: ...


@overload
def detect_language(text: str, default: None = None) -> str | None: ...


def detect_language(text: str, default: str | None = None) -> str | None:
    """ko, ru or en; `default` where there are only formulas, figures, abbreviations or letters of other scripts.

    Without a default the script of the formulas decides, and None is said only where there is none of the three.

    Korean and Russian texts carry Latin terms, so a few words of their own weigh more than many of those:
    "TiAlN multilayer 공정 개발" is Korean. What stands in brackets counts only where nothing else does.
    """
    text = text[:MOST_READ]
    words = _GRADE.sub(" ", text)
    return _language(_BRACKETS.sub(" ", words)) or _language(words) or default or _script(text)


def _script(text: str) -> str | None:
    latin, cyrillic = sum(map(len, _LATIN_WORD.findall(text))), len(_CYRILLIC.findall(text))
    if max(latin, cyrillic) <= len(_OTHER.findall(text)):
        return None
    return RUSSIAN if cyrillic > latin else ENGLISH


def _language(text: str) -> str | None:
    korean, russian = SYLLABLE * len(_HANGUL.findall(text)), len(_CYRILLIC.findall(text))
    latin = [word for word in _LATIN_WORD.findall(text) if _is_word(word)]
    english = sum(map(len, latin))
    if len(_OTHER.findall(text)) > max(korean, russian, english) / 2:
        return None
    letters = korean + russian + english
    has_english = any(word.lower() in _ENGLISH for word in latin)
    if korean >= russian:
        if korean and (korean >= LEAST_KOREAN * letters or not has_english):
            return KOREAN
    elif russian >= LEAST_RUSSIAN * letters or not has_english:
        return RUSSIAN
    return ENGLISH if english else None


def _is_word(word: str) -> bool:
    """No formula and no abbreviation: TiAlN, HiPIMS, PVD and 316L are written so in every language."""
    if len(word) < 2:
        return False
    capitals = sum(map(str.isupper, word))
    return capitals <= 1 or (capitals == len(word) and len(word) > 6) or word.lower() in _ENGLISH
