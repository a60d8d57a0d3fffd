"""XLSX: the sheet with the technologies, row by row, with what the office program knows about each cell."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import (
    ERROR_VALUE,
    LOOKED_AT,
    MAX_CELL,
    MAX_COLUMNS,
    RawRow,
    clean_cell,
    letters,
)
from matching.domain.intake.files.headings import column_of

BROKEN = (ParseError, zipfile.BadZipFile, KeyError, IndexError, EOFError, ValueError, TypeError, AttributeError)
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
MAX_MERGED = 50_000
CHUNK = 1 << 20
# Numbers beyond this have lost their last digits.
EXACT = 10**15
ZEROS = re.compile(r'(?:"([^"]*)")?(0{2,})(?:"([^"]*)")?')


@dataclass(frozen=True, slots=True)
class SheetName:
    name: str
    is_hidden: bool
    known: int = 0


class _Parser(WorkSheetParser):
    """Values as the program stored them; a formula without one is told from an empty cell."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "f"
        return cell


class _Reader(ExcelReader):
    def read_chartsheet(self, sheet: Any, rel: Any) -> None:
        """A sheet that is a chart has no rows, and openpyxl stumbles over it when only reading."""


class OpenWorkbook:
    """An open workbook, of which one sheet is read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            reader = _Reader(path, read_only=True, data_only=True, keep_links=False)
            reader.read()
            self.book = reader.wb
        except Exception as error:  # openpyxl lets through whatever its parsers raise on a damaged file
            raise ImportFileError("not_xlsx") from error
        if not self.book.worksheets:
            raise ImportFileError("no_sheet")

    def close(self) -> None:
        self.book.close()

    def sheets(self) -> list[SheetName]:
        """Every sheet, with how many names that we know its best row has."""
        return [
            SheetName(sheet.title, sheet.sheet_state != "visible", _known(self.rows(sheet.title)))
            for sheet in self.book.worksheets
        ]

    def chosen(self, wanted: str, sheets: list[SheetName]) -> str:
        """The sheet that was asked for; else the first one that people see with known columns."""
        if wanted:
            if wanted not in {sheet.name for sheet in sheets}:
                raise ImportFileError("no_such_sheet", wanted[:100])
            return wanted
        seen = [sheet for sheet in sheets if not sheet.is_hidden] or sheets
        for least in (2, 1):
            if found := next((sheet for sheet in seen if sheet.known >= least), None):
                return found.name
        return next((sheet for sheet in seen if _has_table(self.rows(sheet.name))), seen[0]).name

    def rows(self, title: str) -> Iterator[RawRow]:
        """Only rows that the file has: a blank in the last of a million rows costs nothing."""
        sheet = self.book[title]
        try:
            merged = _merged(sheet)
            with sheet._get_source() as source:
                parser = _Parser(
                    source,
                    sheet._shared_strings,
                    data_only=True,
                    epoch=self.book.epoch,
                    date_formats=self.book._date_formats,
                    timedelta_formats=self.book._timedelta_formats,
                )
                yield from _raw_rows(parser, merged, self._format)
        except BROKEN as error:
            raise ImportFileError("not_xlsx") from error

    def _format(self, style: int) -> str:
        try:
            number = self.book._cell_styles[style].numFmtId
        except IndexError:
            return ""
        if number < 164:
            return ""
        return str(self.book._number_formats[number - 164])


def _known(rows: Iterator[RawRow]) -> int:
    best, seen = 0, 0
    for row in rows:
        names = {column_of(cell)[0] for cell in row.cells if cell and len(cell) < 100}
        best = max(best, len(names - {""}))
        seen += any(row.cells)
        if seen >= LOOKED_AT or best >= 2:
            break
    return best


def _has_table(rows: Iterator[RawRow]) -> bool:
    """Some row near the top with two cells: instructions have one."""
    for seen, row in enumerate(rows):
        if sum(map(bool, row.cells)) > 1:
            return True
        if seen > LOOKED_AT:
            break
    return False


def _raw_rows(parser: Any, merged: dict[int, list["_Merged"]], format_of: Any) -> Iterator[RawRow]:
    running: list[_Merged] = []
    for number, cells in parser.parse():
        row = RawRow(number, [])
        for cell in cells:
            _add(row, cell, format_of)
        if not any(row.cells) and not row.kinds:
            continue
        running = [area for area in running if area.last >= number]
        for area in running:
            _fill(row, area)
        for area in merged.get(number, ()):
            if area.column < len(row.cells):
                area.value, area.kind = row.cells[area.column], row.kinds.get(area.column, "")
                running.append(area)
        yield row


def _add(row: RawRow, cell: dict[str, Any], format_of: Any) -> None:
    index = cell["column"] - 1
    text, kind = _text_of(cell, format_of)
    if kind == "formula":
        kind = f"formula:{letters(index)}{row.number}"
    if not text and not kind:
        return
    if index > MAX_COLUMNS:
        index, kind = MAX_COLUMNS, ""
    row.cells += [""] * (index + 1 - len(row.cells))
    row.cells[index] = text
    if kind:
        row.kinds[index] = kind


def _text_of(cell: dict[str, Any], format_of: Any) -> tuple[str, str]:
    value, kind = cell["value"], cell["data_type"]
    if kind == "f":
        return "", "formula"
    if value is None:
        return "", ""
    if isinstance(value, bool):
        return str(value).upper(), "boolean"
    if isinstance(value, (int, float)):
        return _number(value, format_of(cell["style_id"]))
    if isinstance(value, (datetime, date, time, timedelta)):
        is_day = isinstance(value, datetime) and value.time() == time()
        return str(value.date() if is_day else value), "date"  # type: ignore[union-attr]
    text = clean_cell(str(value))
    if len(text) > MAX_CELL:
        return "", "long"
    return text, "error" if kind == "e" or ERROR_VALUE.fullmatch(text) else ""


def _number(value: float, shown_as: str) -> tuple[str, str]:
    if isinstance(value, float) and not value.is_integer():
        return str(value), ""
    number = int(value)
    if abs(number) >= EXACT:
        return str(number), "rounded"
    if match := ZEROS.fullmatch(shown_as):
        before, zeros, after = match[1] or "", match[2], match[3] or ""
        return f"{before}{number:0{len(zeros)}d}{after}", ""
    return str(number), ""


@dataclass(slots=True)
class _Merged:
    column: int
    last: int
    value: str = ""
    kind: str = ""


def _fill(row: RawRow, area: _Merged) -> None:
    """A cell over several rows speaks for each of them."""
    if not area.value or (area.column < len(row.cells) and row.cells[area.column]):
        return
    row.cells += [""] * (area.column + 1 - len(row.cells))
    row.cells[area.column] = area.value
    row.kinds[area.column] = area.kind or "merged"


def _merged(sheet: Any) -> dict[int, list[_Merged]]:
    """Cells over several rows, by their first row. They stand behind the rows, so the sheet is passed over once."""
    found: dict[int, list[_Merged]] = {}
    count, tail = 0, b""
    with sheet._get_source() as source:
        while chunk := source.read(CHUNK):
            piece = tail + chunk
            end = 0
            for match in MERGED.finditer(piece):
                end = match.end()
                first, last = int(match[2]), int(match[4])
                count += 1
                if last > first and count <= MAX_MERGED:
                    found.setdefault(first, []).append(_Merged(_index(match[1].decode()), last))
            tail = piece[max(end, len(piece) - 200) :]
    return found


def _index(name: str) -> int:
    index = 0
    for letter in name:
        index = index * 26 + ord(letter) - 64
    return index - 1
