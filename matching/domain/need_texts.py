"""What can be read off a need as it was typed: its language and a title."""

import re

from kr_ru_platform.languages import Language
from matching.scoring.text import detect_language

TITLE_LENGTH = 120


def need_language(*texts: str) -> str:
    """By script; Korean when there is nothing yet to go by."""
    return detect_language("\n".join(texts)) or Language.KOREAN


def first_sentence(text: str) -> str:
    """A title out of the first sentence, cut at a word when it is too long."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    sentence = re.split(r"(?<=[.!?。])\s", line, maxsplit=1)[0].rstrip(".。 ")
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    cut = sentence[: TITLE_LENGTH - 1]
    return (cut.rsplit(" ", 1)[0] or cut) + "…"
