"""Texts of other people where a line must stay a line: subjects, headers and what stands in them."""

import re
import unicodedata

from kr_ru_platform.words.reading.characters import clean_line

# They turn the order of what is read after them, so that an address looks like another one.
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Control and format characters, halves of pairs, line and paragraph ends.
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def one_line(text: object, limit: int | None = None) -> str:
    """Without line ends and signs that nobody sees; what is longer ends in “…”."""
    # A line of a mail is stricter than what is stored: of signs that only join or shape others none is left.
    seen = "".join(sign for sign in clean_line(str(text)) if unicodedata.category(sign) not in UNSEEN)
    line = " ".join(seen.split())
    return _cut(line, limit) if limit else line


def many_lines(text: object, limit: int) -> str:
    """Line ends and tabs stay; other control signs and those that turn the order of reading go."""
    lines = LINE_ENDS.sub("\n", str(text))
    kept = (sign for sign in lines if sign in "\n\t" or not _is_unwanted(sign))
    return _cut("".join(kept), limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def shorten(text: str, limit: int) -> str:
    """For people: at most `limit` characters on one line, cut between words and marked with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:") + "…"


def _is_unwanted(sign: str) -> bool:
    return sign in BIDI or unicodedata.category(sign) in {"Cc", "Cs"}
