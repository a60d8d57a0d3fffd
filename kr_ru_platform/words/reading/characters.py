"""What of a text is stored: everything but the characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterable

# What Unicode says is not shown: soft hyphen, zero-width characters, marks of direction, fillers of Hangul, tags.
# U+200D and U+FE0E/F stay where they make a picture.
_IGNORED = (
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\ufeff", "\uffa0"),
    *map(chr, (*range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))),
    *map(chr, (*range(0xFE00, 0xFE10), *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B))),
    *map(chr, (*range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF, *range(0xE0000, 0xE1000))),
)
_PICTURE_JOINTS = "\u200d\ufe0e\ufe0f"
_CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\v\f\x85"]
_LINE_ENDS = "\v\f\x85\u2028\u2029\r"
_SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2800\u3000"
_STORED: dict[int, str | None] = {
    **{ord(c): None for c in (*_IGNORED, *_CONTROLS) if c not in _PICTURE_JOINTS},
    **{ord(c): "\n" for c in _LINE_ENDS},
    **{ord(c): " " for c in _SPACES},
}
_PICTURES = r"\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_STRAY_JOINTS = re.compile(
    rf"(?<![{_PICTURES}\ufe0f])\u200d|\u200d(?![{_PICTURES}])|(?<![{_PICTURES}])[\ufe0e\ufe0f](?!\u20e3)"
)


def _ranges(codes: Iterable[int]) -> str:
    """The inside of a class of a regular expression."""
    found: list[list[int]] = []
    for code in codes:
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


# Accents by the thousand on one letter take forever to put in order; no writing has more than a few.
MOST_MARKS = 30
_MARKS = _ranges(code for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
_TOO_MANY_MARKS = re.compile(rf"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")


def clean(text: str) -> str:
    """What is stored: the same words without what nobody sees.

    Composed (NFC); soft hyphens, zero-width characters and marks of direction are gone as if they had never
    been there; one kind of blank and of line end; no control characters. What the text says stays: ², ㎡ and ㈜ too.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").translate(_STORED)
    if any(joint in text for joint in _PICTURE_JOINTS):
        text = _without_stray_joints(text)
    return unicodedata.normalize("NFC", _TOO_MANY_MARKS.sub(r"\1", text))


def _without_stray_joints(text: str) -> str:
    """A joint that joined nothing may leave another one alone: at most a few rounds, then all go."""
    for _ in range(3):
        left = _STRAY_JOINTS.sub("", text)
        if left == text:
            return text
        text = left
    return re.sub(f"[{_PICTURE_JOINTS}]", "", text)


def clean_line(text: str) -> str:
    """The same for what stands on one line: a name, a title, the name of a file."""
    return " ".join(clean(text).split())
