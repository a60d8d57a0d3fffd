"""Files of technologies as streams of rows: CSV, XLSX and JSONL, read without loading them whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from matching.domain.intake.files.csv_files import read_csv
from matching.domain.intake.files.encodings import CHOICES, ImportFileError, decodes, detect_encoding
from matching.domain.intake.files.header_rows import ReadingChoices, SourceRow, columns_of, source_rows, table_of
from matching.domain.intake.files.headings import Column, column_of, is_counter
from matching.domain.intake.files.jsonl_files import read_jsonl
from matching.domain.intake.files.sniffing import MAX_UNPACKED, kind_by_content, kind_of
from matching.domain.intake.files.xlsx_files import OpenWorkbook, SheetName

__all__ = [
    "MAX_UNPACKED",
    "FileRows",
    "ReadingChoices",
    "SourceRow",
    "estimate_rows",
    "kind_of",
    "open_rows",
    "read_rows",
]
MAX_ROWS = 200_000
SAMPLE_ROWS, SAMPLES, SAMPLE_LENGTH = 100, 3, 80
AUTOMATIC = ReadingChoices()


@dataclass(slots=True)
class FileRows:
    """An open file: its rows, and how it was understood."""

    rows: Iterator[SourceRow]
    # None for JSON Lines, whose rows may each have other names.
    columns: dict[str, Column] | None = None
    header_row: int = 0
    sheet: str = ""
    sheets: list[SheetName] = field(default_factory=list)
    encoding: str = ""
    samples: dict[str, list[str]] = field(default_factory=dict)

    @property
    def other_sheets(self) -> list[str]:
        """Sheets with columns that we know, too, which are not read."""
        return [s.name for s in self.sheets if s.name != self.sheet and not s.is_hidden and s.known >= 2]

    @property
    def has_text(self) -> bool:
        """Whether some column can fill a technology or find one that is there."""
        return bool({column for column, _ in (self.columns or {}).values()} & {"title", "summary", "description"})

    @property
    def has_known(self) -> bool:
        return any(column for column, _ in (self.columns or {}).values())

    @property
    def unknown(self) -> list[str]:
        return [name for name, (column, _) in (self.columns or {}).items() if not column and not is_counter(name)]


def read_rows(*, path: Path, name: str, reading: ReadingChoices = AUTOMATIC) -> Iterator[SourceRow]:
    """The rows of the file; raises ImportFileError when the file as a whole is of no use."""
    yield from open_rows(path=path, name=name, reading=reading).rows


def open_rows(*, path: Path, name: str, reading: ReadingChoices = AUTOMATIC) -> FileRows:
    with path.open("rb") as file:
        kind = kind_by_content(file, name)
    if kind == "xlsx":
        found = _open_xlsx(path, reading)
    else:
        encoding = _encoding(path, reading)
        found = _open_csv(path, encoding, reading) if kind == "csv" else _open_jsonl(path, encoding, reading)
    found.rows = _counted(found.rows)
    return found


def estimate_rows(*, path: Path, name: str) -> int:
    """About how many rows there are, for the progress bar; 0 when it cannot be said cheaply."""
    with path.open("rb") as file:
        if file.read(2) == b"PK":
            return 0
        file.seek(0)
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def with_samples(found: FileRows) -> FileRows:
    """With some values of each column, for a person to see what is in it. The rows are used up."""
    for row in islice(found.rows, SAMPLE_ROWS):
        for header, value in row.values.items():
            kept = found.samples.setdefault(header, [])
            if value and len(kept) < SAMPLES and value[:SAMPLE_LENGTH] not in kept:
                kept.append(value[:SAMPLE_LENGTH])
    return found


def _counted(rows: Iterator[SourceRow]) -> Iterator[SourceRow]:
    count = 0
    for row in rows:
        if not row.broken and not row.kinds and not any(row.values.values()):
            continue
        count += 1
        if count > MAX_ROWS:
            raise ImportFileError("too_many_rows", str(MAX_ROWS))
        yield row
    if not count:
        raise ImportFileError("no_rows")


def _encoding(path: Path, reading: ReadingChoices) -> str:
    if not reading.encoding:
        return detect_encoding(path)
    if reading.encoding not in CHOICES or not decodes(path, reading.encoding):
        raise ImportFileError("not_this_encoding", reading.encoding[:40])
    return reading.encoding


def _open_csv(path: Path, encoding: str, reading: ReadingChoices) -> FileRows:
    header, rows = table_of(read_csv(path, encoding), reading)
    columns = columns_of(header, reading)
    return FileRows(source_rows(header, rows), columns, header.row, encoding=encoding)


def _open_xlsx(path: Path, reading: ReadingChoices) -> FileRows:
    book = OpenWorkbook(path)
    try:
        sheets = book.sheets()
        sheet = book.chosen(reading.sheet, sheets)
        header, rows = table_of(book.rows(sheet), reading)
    except BaseException:
        book.close()
        raise
    return FileRows(
        _closing(source_rows(header, rows), book), columns_of(header, reading), header.row, sheet=sheet, sheets=sheets
    )


def _closing(rows: Iterator[SourceRow], book: OpenWorkbook) -> Iterator[SourceRow]:
    try:
        yield from rows
    finally:
        book.close()


def _open_jsonl(path: Path, encoding: str, reading: ReadingChoices) -> FileRows:
    rows = read_jsonl(path, encoding)
    return FileRows(_renamed(rows, reading.columns) if reading.columns else rows, encoding=encoding)


def _renamed(rows: Iterator[SourceRow], columns: dict[str, str]) -> Iterator[SourceRow]:
    for row in rows:
        values = {columns.get(key) or key: value for key, value in row.values.items() if columns.get(key, "-")}
        yield SourceRow(row.number, values, row.broken, {columns.get(k) or k: kind for k, kind in row.kinds.items()})


def is_target(name: str) -> bool:
    return bool(column_of(name)[0])
