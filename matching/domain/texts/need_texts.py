"""What can be read off a need as it was typed: its language, a title, its parts, and whether they can be compared."""

import re
from typing import Literal

from kr_ru_platform.words.languages import Language
from kr_ru_platform.words.lines import shorten
from kr_ru_platform.words.reading.folding import detect_language
from matching.domain.texts.indexed_texts import ReadableStretch
from matching.enums import Audience
from matching.models import CompanyNeed
from matching.scoring.language.text import normalise

TITLE_LENGTH = 120
# Fewer letters than this name something, but do not describe it; a syllable block is about three.
FEW_LETTERS = 12
# Scripts of the languages that encoders in use have learned, or learned enough of.
_KNOWN = re.compile(
    r"[A-Za-z\u00aa-\u024f\u0370-\u03ff\u0400-\u052f\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3]"
)


def need_language(*texts: str) -> str:
    """By script; Korean when there is nothing yet to go by."""
    return detect_language("\n".join(texts), Language.KOREAN)


def first_sentence(text: str) -> str:
    """A title out of the first sentence, cut at a word when it is too long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    sentence = re.split(r"(?<=[.!?。])\s", line, maxsplit=1)[0].rstrip(".。 ")
    # As it stands where it fits: it is to be found again in the text.
    return sentence if len(sentence) <= TITLE_LENGTH else shorten(sentence, TITLE_LENGTH)


def why_unread(text: str) -> Literal["", "nothing", "script"]:
    """Why a text is compared with nothing: it has no letters, or most are of a script that no encoder here knows.

    Such a text has a vector like any other, but what lies near it lies there by chance.
    """
    letters = [letter for letter in normalise(text) if letter.isalpha()]
    if not letters:
        return "nothing"
    return "" if 2 * len(_KNOWN.findall("".join(letters))) >= len(letters) else "script"


def is_short(text: str) -> bool:
    letters = [letter for letter in normalise(text) if letter.isalpha()]
    return sum(3 if "\uac00" <= letter <= "\ud7a3" else 1 for letter in letters) < FEW_LETTERS


def need_parts(need: CompanyNeed) -> list[ReadableStretch]:
    """None of a text that cannot be read: it is compared with nothing, and its page says why."""
    texts = [clean for clean in map(normalise, need.own_texts) if clean]
    if why_unread("\n".join(texts)):
        return []
    # Whatever language the form was opened in: the text itself says what it is written in.
    language = detect_language(" ".join(texts), need.language)
    return [ReadableStretch(language, Audience.CENTRE, text) for text in texts]
