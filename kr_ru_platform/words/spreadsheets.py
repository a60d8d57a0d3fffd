"""Tables for spreadsheet programs, in whose cells no text of other people is run instead of shown."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | float | Decimal
SIGNS = ("=", "+", "-", "@")
BEGINS_A_CELL = re.compile("([;\uff1b\t\n\r\x0b\x0c\x85\u2028\u2029])")
QUOTES_AND_BLANKS = '"\u201c\u201d\uff02 \u00a0'


def safe_cell(value: Cell) -> Cell:
    """What every export writes: a number as it is, a text without control characters and not as a formula."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if runs_as_formula(text) else text


def runs_as_formula(text: str) -> bool:
    """Whatever width its sign has, and whatever nobody sees stands before it."""
    if text[:1] in ("\t", "\r"):
        return True
    seen = "".join(sign for sign in text[:200] if unicodedata.category(sign) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", seen).lstrip().startswith(SIGNS)


def _safe_in_csv(value: Cell) -> Cell:
    """Where the separator of lists is ";", or a line ends, a spreadsheet program begins a cell within one of ours."""
    if not isinstance(value, str):
        return value
    first, *others = BEGINS_A_CELL.split(value)
    return first + "".join(_apart(part) for part in others)


def _apart(part: str) -> str:
    """One of the separators, or the text behind one."""
    is_text = not BEGINS_A_CELL.fullmatch(part)
    return f"'{part}" if is_text and runs_as_formula(part.lstrip(QUOTES_AND_BLANKS)) else part


def csv_file(rows: Iterable[Iterable[Cell]]) -> bytes:
    """UTF-8 with the mark by which spreadsheet programs know it, every cell a safe one."""
    target = io.StringIO()
    csv.writer(target).writerows([_safe_in_csv(safe_cell(value)) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")
