"""Files of technologies as streams of rows: CSV, XLSX and JSONL, read without loading them whole."""

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl

from matching.domain.import_encoding import ImportFileError, detect_encoding

MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_CELL = 200_000
MAX_SHEET_ROW = 1_048_576
# An XLSX of 100 MB unpacks to some hundreds of megabytes; a bomb to far more.
MAX_UNPACKED = 400 * 1024 * 1024
KINDS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl", ".ndjson": "jsonl"}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as the file has it: its number as people count, and values by header.

    `broken` is the code of what made the row unreadable.
    """

    number: int
    values: dict[str, str]
    broken: str = ""


def read_rows(*, path: Path, name: str) -> Iterator[SourceRow]:
    """The rows of the file; raises ImportFileError when the file as a whole is of no use."""
    readers = {"csv": _read_csv, "xlsx": _read_xlsx, "jsonl": _read_jsonl}
    count = 0
    for row in readers[kind_of(name)](path):
        if not row.broken and not any(row.values.values()):
            continue
        count += 1
        if count > MAX_ROWS:
            raise ImportFileError("too_many_rows", str(MAX_ROWS))
        yield row
    if not count:
        raise ImportFileError("no_rows")


def kind_of(name: str) -> str:
    suffix = Path(name).suffix.lower()
    if suffix == ".xls":
        raise ImportFileError("old_excel")
    if suffix not in KINDS:
        raise ImportFileError("wrong_type", suffix)
    return KINDS[suffix]


def estimate_rows(*, path: Path, name: str) -> int:
    """About how many rows there are, for the progress bar; 0 when it cannot be said cheaply."""
    if kind_of(name) == "xlsx":
        return 0
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _read_csv(path: Path) -> Iterator[SourceRow]:
    encoding = detect_encoding(path)
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding=encoding, newline="") as file:
        delimiter = _delimiter(file.readline())
        file.seek(0)
        reader = csv.reader(file, delimiter=delimiter)
        try:
            headers = _headers(next(reader, []))
            for number, cells in enumerate(reader, start=2):
                yield _row(number, headers, cells)
        except csv.Error as error:
            raise ImportFileError("broken_csv", str(reader.line_num)) from error


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)


def _headers(cells: list[str]) -> list[str]:
    headers = [cell.strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise ImportFileError("no_header")
    if len(headers) > MAX_COLUMNS:
        raise ImportFileError("too_many_columns", str(MAX_COLUMNS))
    named = [header for header in headers if header]
    if len(set(named)) < len(named):
        raise ImportFileError("double_header", next(h for h in named if named.count(h) > 1)[:100])
    return headers


def _row(number: int, headers: list[str], cells: list[str]) -> SourceRow:
    extra = any(cell.strip() for cell in cells[len(headers) :])
    values = {header: cell.strip() for header, cell in zip(headers, cells, strict=False) if header}
    return SourceRow(number, values, "too_many_cells" if extra else "")


def _read_xlsx(path: Path) -> Iterator[SourceRow]:
    _refuse_bomb(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl lets through whatever its parsers raise on a damaged file
        raise ImportFileError("not_xlsx") from error
    try:
        yield from _read_sheet(book.worksheets[0])
    except (ParseError, zipfile.BadZipFile, KeyError, IndexError, EOFError) as error:
        raise ImportFileError("not_xlsx") from error
    finally:
        book.close()


def _read_sheet(sheet: Any) -> Iterator[SourceRow]:
    # The size that the file states may be wrong in either direction.
    sheet.reset_dimensions()
    headers: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), start=1):
        if number > MAX_SHEET_ROW:
            raise ImportFileError("too_many_rows", str(MAX_ROWS))
        texts = [_cell_text(cell) for cell in cells]
        if headers:
            yield _row(number, headers, texts)
        elif any(texts):
            headers = _headers(texts)


def _cell_text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _refuse_bomb(path: Path) -> None:
    if path.stat().st_size == 0:
        raise ImportFileError("empty_file")
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as error:
        raise ImportFileError("not_xlsx") from error
    if unpacked > MAX_UNPACKED:
        raise ImportFileError("unpacks_too_large")
    if "xl/workbook.xml" not in names:
        raise ImportFileError("not_xlsx")


def _read_jsonl(path: Path) -> Iterator[SourceRow]:
    encoding = detect_encoding(path)
    with path.open(encoding=encoding) as file:
        # readline with a limit: a file without line ends must not be read whole.
        for number, line in enumerate(iter(lambda: file.readline(2 * MAX_CELL), ""), start=1):
            if number == 1 and not line.lstrip().startswith("{"):
                raise ImportFileError("not_jsonl")
            if line.strip():
                yield _json_row(number, line)


def _json_row(number: int, line: str) -> SourceRow:
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            return SourceRow(number, {}, "not_an_object")
        return SourceRow(number, {str(key)[:100]: _json_text(value) for key, value in data.items()})
    except (ValueError, RecursionError):
        return SourceRow(number, {}, "not_json")


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_json_text(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value).strip()
