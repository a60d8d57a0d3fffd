"""What somebody meant who typed with the wrong keyboard layout: "fpdlwj" is 레이저, "дфыук" is laser.

Korean (two sets), Russian and Latin letters share the same keys. A text is read back as the keys
that were pressed, and these as the letters of another layout.
"""

import unicodedata
from collections.abc import Callable

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю.ё"
_JAMO = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ[]ㅁㄴㅇㄹㅎㅗㅓㅏㅣ;'ㅋㅌㅊㅍㅠㅜㅡ,./`"
# With shift pressed; every other key gives the same letter with and without it.
_SHIFTED = dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
# Two keys, one letter: vowels and finals.
_VOWELS = {"ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ"}
_FINALS = {
    **{"ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ"},
    **{"ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ"},
}
_INITIAL_ORDER = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWEL_ORDER = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINAL_ORDER = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Unicode has each letter as one that stands alone and as a part of a syllable.
_ALONE = {
    **{chr(0x1100 + i): letter for i, letter in enumerate(_INITIAL_ORDER)},
    **{chr(0x1161 + i): letter for i, letter in enumerate(_VOWEL_ORDER)},
    **{chr(0x11A8 + i): letter for i, letter in enumerate(_FINAL_ORDER)},
}
_PARTS = {whole: keys for keys, whole in {**_VOWELS, **_FINALS}.items()}
_KEY_OF_JAMO = {
    **dict(zip(_JAMO, _LATIN, strict=True)),
    **{letter: key for key, letter in _SHIFTED.items()},
}
_KEY_OF_RUSSIAN = dict(zip(_RUSSIAN, _LATIN, strict=True))
_RUSSIAN_OF_KEY = dict(zip(_LATIN, _RUSSIAN, strict=True)) | {
    "{": "х",
    "}": "ъ",
    ":": "ж",
    '"': "э",
    "<": "б",
    ">": "ю",
}
_JAMO_OF_KEY = dict(zip(_LATIN, _JAMO, strict=True))


def retyped(text: str) -> list[str]:
    """The same keys in the other layouts, where real words could come of it; each reading once."""
    found = []
    for script, read in (("ko", _keys_of_korean), ("ru", _keys_of_russian), ("en", str)):
        if any(script_of(c) == script for c in text):
            # A phone begins a sentence with a capital letter, which would be another consonant.
            writers = (("ko", korean), ("ko", lambda keys: korean(keys.lower())), ("ru", _russian), ("en", str.lower))
            found += [_each_word(text, script, read, write) for wanted, write in writers if wanted != script]
    readings = (reading for reading in found if reading != text and _could_be_words(reading))
    return list(dict.fromkeys(readings))


def script_of(character: str) -> str:
    """ko, ru or en; empty for what is a letter of none of them."""
    if "가" <= character <= "힣" or "ㄱ" <= character <= "ㅣ" or "\u1100" <= character <= "\u11ff":
        return "ko"
    if "а" <= character.lower() <= "я" or character in "ёЁ":
        return "ru"
    return "en" if "a" <= character.lower() <= "z" else ""


def _each_word(text: str, script: str, read: Callable[[str], str], write: Callable[[str], str]) -> str:
    """Words of this script alone are typed anew: what has digits, or is of another script, was meant."""
    return " ".join(
        write(read(word)) if {script_of(c) for c in word} <= {script, ""} and _has_letters(word) else word
        for word in text.split()
    )


def _has_letters(word: str) -> bool:
    return any(map(script_of, word)) and not any(map(str.isdigit, word))


def jamo(text: str) -> str:
    """Korean syllables as the single letters that are typed for them; everything else as it is."""
    letters = (_ALONE.get(c, c) for c in unicodedata.normalize("NFD", text))
    return "".join(_PARTS.get(letter, letter) for letter in letters)


def _keys_of_korean(word: str) -> str:
    return "".join(_KEY_OF_JAMO.get(letter, letter) for letter in jamo(word))


def _keys_of_russian(word: str) -> str:
    return "".join(_KEY_OF_RUSSIAN.get(letter, letter) for letter in word.lower())


def _russian(keys: str) -> str:
    return "".join(_RUSSIAN_OF_KEY.get(key, key) for key in keys.lower())


def korean(keys: str) -> str:
    """Syllables as a Korean keyboard puts them together: a consonant before a vowel begins the next one."""
    letters = [_SHIFTED.get(key) or _JAMO_OF_KEY.get(key.lower(), key) for key in keys]
    done, at = "", 0
    while at < len(letters):
        syllable, at = _next_syllable(letters, at)
        done += syllable
    return done


def _next_syllable(letters: list[str], at: int) -> tuple[str, int]:
    if letters[at] not in _INITIAL_ORDER or at + 1 == len(letters) or letters[at + 1] not in _VOWEL_ORDER:
        return letters[at], at + 1
    initial = _INITIAL_ORDER.index(letters[at])
    vowel, at = _joined(letters, at + 1, _VOWELS)
    final = 0
    if _may_end(letters, at):
        both = "".join(letters[at : at + 2])
        letter, at = (_FINALS[both], at + 2) if both in _FINALS and _may_end(letters, at + 1) else (letters[at], at + 1)
        final = _FINAL_ORDER.index(letter) + 1
    return chr(0xAC00 + (initial * 21 + _VOWEL_ORDER.index(vowel)) * 28 + final), at


def _joined(letters: list[str], at: int, pairs: dict[str, str]) -> tuple[str, int]:
    both = "".join(letters[at : at + 2])
    return (pairs[both], at + 2) if both in pairs else (letters[at], at + 1)


def _may_end(letters: list[str], at: int) -> bool:
    """A consonant that no vowel follows."""
    if at >= len(letters) or letters[at] not in _FINAL_ORDER:
        return False
    return at + 1 == len(letters) or letters[at + 1] not in _VOWEL_ORDER


def _could_be_words(text: str) -> bool:
    """No letter of a Korean syllable stands alone, and a word of an alphabet has a vowel."""
    for word in text.split():
        scripts = {script_of(c) for c in word}
        if "ko" in scripts and any("ㄱ" <= c <= "ㅣ" for c in word):
            return False
        if scripts & {"ru", "en"} and len(word) > 3 and not set(word.lower()) & set("aeiouyаеёиоуыэюя"):
            return False
    return True
