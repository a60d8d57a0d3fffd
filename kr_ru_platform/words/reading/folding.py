"""What is compared: one reading of texts, names, numbers and addresses, whoever typed them and wherever.

`clean` is what is stored, `fold` what is compared; two texts are the same when their foldings are. All of it is
plain Python, so that forms, filters, imports and scores read alike. Nobody folds by hand: a test of the house looks.
"""

import re
import unicodedata
from contextlib import suppress

from kr_ru_platform.words.reading.characters import clean, clean_line
from kr_ru_platform.words.reading.grades import LOOK_ALIKES, fold_words, without_stray_letters
from kr_ru_platform.words.reading.quantities import fold_quantities
from kr_ru_platform.words.reading.scripts import LANGUAGES, detect_language

__all__ = [
    "LANGUAGES",
    "clean",
    "clean_line",
    "detect_language",
    "fold",
    "fold_email",
    "fold_id",
    "fold_number",
    "spelled",
    "without_case",
]

DASHES = "-‐‑‒–—―⁃⁻₋−─━⸺⸻﹘﹣－˗֊־᐀᠆➖"
# Written for a dash where the keyboard has none at hand: the vowel eu, the long kana, the number one.
_DASHES_IN_NUMBERS = "ㅡーｰ一~"
APOSTROPHES = "'`´‘’‚‛′‵ʹʻʼʽˈ＇ꞌ"
QUOTES = '"“”„‟″‶«»‹›〝〞〟＂「」『』《》〈〉｢｣❝❞❮❯'
_COMPARED: dict[int, str] = {
    **{ord(c): "-" for c in DASHES},
    **{ord(c): "'" for c in APOSTROPHES},
    **{ord(c): '"' for c in QUOTES},
    **{ord(c): "·" for c in "•‧∙⋅ㆍᆞ・･·"},
    **{ord(c): "~" for c in "～〜∼˜"},
    **{ord(c): "/" for c in "／⁄∕"},
    **{ord(c): "°" for c in "º˚∘"},
    **{ord(c): "×" for c in "✕✖╳⨯⨉"},
    **{ord(c): "" for c in "™℠®©\u200d\ufe0e\ufe0f\u20e3"},
    # A Turkish keyboard writes I in two ways; either is meant as the other's capital.
    ord("İ"): "I",
    ord("ı"): "i",
}
# What NFKC would make a blank and a loose accent of.
_SPACING_MARKS = {ord(c): signs for c, signs in {"´": "'", "˜": "~", "º": "°", "˚": "°", "™": "", "℠": ""}.items()}
_HYPHEN = re.compile(rf"(?<=\w)[{DASHES}](?=\w)")
_POWER = re.compile(r"(?<=[0-9])[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_FRACTION = re.compile(r"(?<=[0-9])(?=[¼½¾⅐-⅞])")
_LEADS, _VOWELS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = "ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_HALF_JAMO = re.compile("[\uffa1-\uffdc]+")
_SYLLABLE = re.compile(f"([{_LEADS}])([{_VOWELS}])(?:([{_TAILS}])(?![{_VOWELS}]))?")
# A letter of Hangul alone is the same letter, whichever of the three that Unicode has.
_LONE_JAMO = {
    **{0x1100 + i: letter for i, letter in enumerate(_LEADS)},
    **{0x1161 + i: letter for i, letter in enumerate(_VOWELS)},
    **{0x11A8 + i: letter for i, letter in enumerate(_TAILS)},
}
# Most texts hold nothing else, and are read some ten times faster.
_PLAIN = re.compile("[ -~А-яЁё가-힣]*")
# Where the stress of a Russian word lies.
_STRESS = re.compile("(?<=[\u0430-\u045f])[\u0300\u0301]")
_YO = re.compile("ё[\u0300-\u036f]*|е[\u0300-\u036f]+")
_OTHER_DIGITS = re.compile(r"[^\D0-9]")


def without_case(text: str) -> str:
    """The characters of `fold`, each text at its length or near it: width, dashes, quotes, case, ё."""
    if _PLAIN.fullmatch(text):
        return text.lower().replace("`", "'").replace("ё", "е")
    text = spelled(text).translate(_COMPARED)
    text = _YO.sub(_without_dots, _OTHER_DIGITS.sub(_digit, text).casefold().replace("i\u0307", "i"))
    text = _STRESS.sub("", text)
    return unicodedata.normalize("NFKC", text).translate(_LONE_JAMO).translate(_COMPARED)


def spelled(text: str) -> str:
    """Cleaned, and the characters that only look special spelled out (NFKC): ㎏ = kg; but 10⁶ is not 106."""
    text = _HALF_JAMO.sub(_joined_jamo, clean(text))
    text = _FRACTION.sub(" ", _POWER.sub(lambda power: "^" + power.group(), text))
    # Between words a hyphen is a hyphen, whatever it was typed with.
    return unicodedata.normalize("NFKC", _HYPHEN.sub("-", text.translate(_SPACING_MARKS)))


def _without_dots(match: re.Match[str]) -> str:
    """Also of dots over dots, which would become ё again."""
    return match.group().replace("ё", "е").replace("\u0308", "")


def _digit(match: re.Match[str]) -> str:
    return str(unicodedata.decimal(match.group()))


def _joined_jamo(match: re.Match[str]) -> str:
    """Letters of half width, as old systems send them, are syllables cut apart."""
    letters = unicodedata.normalize("NFKD", match.group()).translate(_LONE_JAMO)
    return _SYLLABLE.sub(_syllable, letters)


def _syllable(match: re.Match[str]) -> str:
    lead, vowel, tail = match.groups()
    place = _TAILS.index(tail) + 1 if tail else 0
    return chr(0xAC00 + (_LEADS.index(lead) * 21 + _VOWELS.index(vowel)) * 28 + place)


def fold(text: str) -> str:
    """What is compared: two texts that a reader would call the same have the same folding.

    Width and composition, dashes, quotes, ё, case, blanks; numbers by value (0,5 = 0.5; 1 000 = 1,000), with their
    unit apart (10мм = 10 мм); grades and formulae as one word in one script (ВТ-6 = BT6, Ti-6Al-4V = Ti6Al4V);
    a stray letter of another script inside a word put right. Ordinary words stay as they are.
    """
    text = _STRESS.sub("", without_stray_letters(" ".join(without_case(text).split())))
    return unicodedata.normalize("NFC", fold_words(fold_quantities(text))).strip()


_NOT_OF_A_NUMBER = re.compile(r"[\W_]+")
_LABEL = re.compile(
    r"^(?:사업자(?:등록)?번호|법인(?:등록)?번호|등록번호|инн|огрнип|огрн|кпп|inn|ogrn|brn|no|№)(?=[^\w]*[0-9])"
)


def fold_number(text: str) -> str:
    """A registration number as its digits and letters: １２４－８１－００９９８ = 124 81 00998 = 1248100998."""
    folded = without_case(text.translate({ord(c): "-" for c in _DASHES_IN_NUMBERS}))
    letters = _NOT_OF_A_NUMBER.sub("", _LABEL.sub("", folded.strip()))
    return without_case(letters).translate(LOOK_ALIKES)


_AROUND_DASH = re.compile(r" ?- ?")


def fold_id(text: str) -> str:
    """Somebody else's identifier: which letters are capitals and which dash stands in it does not tell two apart."""
    folded = _AROUND_DASH.sub("-", " ".join(without_case(text).split()).strip())
    return unicodedata.normalize("NFC", folded.translate(LOOK_ALIKES)) if any(map(str.isdigit, folded)) else folded


def fold_email(text: str) -> str:
    """An address as it is stored and looked up. Domains of other scripts stand in their script: пример.рф."""
    text = unicodedata.normalize("NFKC", clean(text)).replace("。", ".")
    text = unicodedata.normalize("NFC", "".join(text.split()).lower())
    mailbox, at, domain = text.rpartition("@")
    if "xn--" not in domain:
        return text
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    return f"{mailbox}{at}{domain}"
