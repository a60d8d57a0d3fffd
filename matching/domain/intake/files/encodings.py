"""Which encoding a text file is in: UTF-8, or what Korean and Russian offices still save.

An old encoding is only believed where the letters that it gives are those of Korean or Russian texts. Everything
else is a guess, and a guess is shown to a person before anything of it is stored.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matching.domain.intake.files.readable_text import plausibility

CHUNK = 1 << 20
OLD = ("cp949", "cp1251", "koi8-r", "cp866", "gbk", "shift_jis", "euc_jp", "big5", "cp1252")
# What a person may choose when the file does not tell it.
CHOICES = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *OLD)
# From here on the letters leave no doubt; below the other number they say nothing.
SURE, POSSIBLE, AHEAD = 0.45, 0.2, 0.15
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MORE_ZEROS = 4
IN_UTF8 = re.compile("[\u0400-\u04ff\uac00-\ud7a3]")
SAMPLE_LINES, SAMPLE_WIDTH = 4, 160


class ImportFileError(Exception):
    """The file as a whole cannot be read; `code` is put into words where it is shown."""

    def __init__(self, code: str, detail: str = "", *, row: int = 0, column: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail, self.row, self.column = code, detail, row, column


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """Not sure: `possible` are the encodings that the bytes allow, the likeliest first."""

    name: str
    is_sure: bool = True
    possible: tuple[str, ...] = ()


def detect_encoding(path: Path) -> str:
    """The encoding, where there is no doubt; otherwise the person has to say it."""
    guess = guess_encoding(path)
    if not guess.is_sure:
        raise ImportFileError("uncertain_encoding", ", ".join(guess.possible))
    return guess.name


def guess_encoding(path: Path) -> EncodingGuess:
    with path.open("rb") as file:
        head = file.read(CHUNK)
    if not head.strip():
        raise ImportFileError("empty_file")
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return _must_decode(path, encoding)
    if b"\x00" in head:
        return _without_mark(path, head)
    if decodes(path, "utf-8"):
        return EncodingGuess("utf-8-sig")
    _refuse_mixture(path)
    return _old_encoding(path)


def sample_lines(path: Path, encoding: str) -> list[str]:
    """The first lines that have other letters than English ones, as they would be read."""
    with path.open(encoding=encoding, errors="replace") as file:
        text = file.read(CHUNK).lstrip("\ufeff")
    lines = [line[:SAMPLE_WIDTH] for line in text.splitlines() if not line.isascii()]
    return lines[:SAMPLE_LINES]


def decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _must_decode(path: Path, encoding: str) -> EncodingGuess:
    if decodes(path, encoding):
        return EncodingGuess(encoding)
    raise ImportFileError("wrong_encoding")


def _without_mark(path: Path, head: bytes) -> EncodingGuess:
    """UTF-16 without its mark: every other byte of English letters and of line ends is zero."""
    for encoding, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = head[start::2].count(0), head[1 - start :: 2].count(0)
        # Some Korean syllables have a zero in the other place.
        if zeros > MORE_ZEROS * others and decodes(path, encoding):
            return EncodingGuess(encoding, is_sure=False, possible=(encoding,))
    raise ImportFileError("not_text")


def _refuse_mixture(path: Path) -> None:
    """Lines of two encodings in one file: whichever is chosen, the other lines become nonsense."""
    first: dict[bool, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if line.isascii():
            continue
        is_utf8 = _is_utf8(line)
        if is_utf8 is not None:
            first.setdefault(is_utf8, number)
    if len(first) == 2:
        raise ImportFileError("mixed_encoding", row=max(first.values()))


def _is_utf8(line: bytes) -> bool | None:
    """None where it cannot be told: a few bytes may make sense in both."""
    text = line.decode("utf-8", "replace")
    good, bad = len(IN_UTF8.findall(text)), text.count("\ufffd")
    if not bad:
        return True if good > 1 else None
    # One letter that was cut off among many good ones is still UTF-8, and broken.
    return None if good > 4 * bad and good > 3 else False


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.readline(CHUNK), b"")


def _old_encoding(path: Path) -> EncodingGuess:
    sample = _telling_part(path)
    found = []
    for encoding in OLD:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeError:
            continue
        found.append((plausibility(text, encoding), encoding))
    found.sort(key=lambda pair: (-pair[0], OLD.index(pair[1])))
    possible = tuple(encoding for value, encoding in found if value >= POSSIBLE and decodes(path, encoding))
    if not possible:
        if line := _first_broken_line(path):
            raise ImportFileError("mixed_encoding", row=line)
        raise ImportFileError("wrong_encoding")
    best = {encoding: value for value, encoding in found}
    ahead = best[possible[0]] - max([best[other] for other in possible[1:]], default=0.0)
    is_ours = possible[0] in ("cp949", "cp1251", "koi8-r", "cp866")
    is_sure = is_ours and best[possible[0]] >= SURE and ahead >= AHEAD
    return EncodingGuess(possible[0], is_sure, possible)


def _first_broken_line(path: Path) -> int:
    """The line of a UTF-8 file in which letters were cut; 0 when it is not UTF-8 at all."""
    broken, good, bad = 0, 0, 0
    for number, line in enumerate(_lines(path), start=1):
        text = line.decode("utf-8", "replace")
        bad += text.count("\ufffd")
        good += len(IN_UTF8.findall(text))
        if "\ufffd" in text and not broken:
            broken = number
    return broken if good > 4 * bad else 0


def _telling_part(path: Path) -> bytes:
    """The first lines that are not English only: they show what the letters are."""
    part = bytearray()
    for line in _lines(path):
        if not line.isascii():
            part += line
        if len(part) > CHUNK // 4:
            break
    return bytes(part)
