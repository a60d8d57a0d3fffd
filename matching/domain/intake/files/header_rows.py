"""From cells to rows with named columns: which row is the header, and what its columns are called."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from kr_ru_platform.words.reading.folding import clean
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.headings import Column, column_of, language_of, rank_of

MAX_COLUMNS = 100
MAX_CELL = 200_000
HEADER_LIMIT = 100
# So many rows are looked at for the header: offices put a title, a department and a date above it.
LOOKED_AT = 60
ERROR_VALUE = re.compile(
    r"#(?:N/A|Н/Д|REF!|ССЫЛКА!|DIV/0!|ДЕЛ/0!|VALUE!|ЗНАЧ!|NAME\?|ИМЯ\?|이름\?|NUM!|ЧИСЛО!|NULL!|ПУСТО!|SPILL!|분산!"
    r"|CALC!|ERROR!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|BUSY!|EXTERNAL!|PYTHON!|GETTING_DATA|ПЕРЕНОС!|ВЫЧИСЛ!)"
    r"|#{3,}|Err:\d{3}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """How a person wants the file to be read; what is empty is found out."""

    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    # Heading → our column, for what the headings do not say. An empty column: not to be used.
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class RawRow:
    """Cells as they stand, and what is odd about some: boolean, date, error, rounded, merged, long, formula:B2."""

    number: int
    cells: list[str]
    kinds: dict[int, str] = field(default_factory=dict)
    broken: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row as the file has it: its number as people count, and values by header.

    `broken` is the code of what made the row unreadable; `kinds` what is odd about the value of a column.
    """

    number: int
    values: dict[str, str]
    broken: str = ""
    kinds: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderRow:
    row: int
    names: list[str]


def clean_cell(text: str) -> str:
    """Composed, and without characters that nobody sees: they make two of what looks like one."""
    return clean(text).strip()


def table_of(rows: Iterator[RawRow], reading: ReadingChoices) -> tuple[HeaderRow, Iterator[RawRow]]:
    """The header and the rows below it."""
    if reading.header_row:
        above = [row for row in islice_to(rows, reading.header_row) if row.number == reading.header_row]
        if not above or not any(above[0].cells):
            raise ImportFileError("no_header")
        found, rest = above[0], rows
    else:
        first = list(islice((row for row in rows if any(row.cells) or row.kinds or row.broken), LOOKED_AT))
        index = header_index([row.cells for row in first], reading.columns)
        found, rest = first[index], chain(first[index + 1 :], rows)
    below = next(rest, None)
    if below is not None and (both := _under_groups(found.cells, below.cells)):
        return HeaderRow(below.number, _names(both)), rest
    names = _names(found.cells)
    if below is None:
        return HeaderRow(found.number, names), iter(())
    if joined := _joined(names, below.cells):
        return HeaderRow(below.number, joined), rest
    return HeaderRow(found.number, names), chain([below], rest)


def islice_to(rows: Iterator[RawRow], number: int) -> Iterator[RawRow]:
    for row in rows:
        yield row
        if row.number >= number:
            return


def header_index(rows: list[list[str]], columns: dict[str, str]) -> int:
    """The first row with two or more names that we know; else the first that could be a header at all."""
    known = [_count_known(cells, columns) for cells in rows]
    for least in (2, 1):
        if (index := next((i for i, count in enumerate(known) if count >= least), None)) is not None:
            return index
    for least in (2, 1):
        for index, cells in enumerate(rows):
            if sum(any(letter.isalpha() for letter in cell) for cell in cells) >= least:
                return index
    raise ImportFileError("no_header")


def _count_known(cells: list[str], columns: dict[str, str]) -> int:
    found = {column_of(cell) for cell in cells if cell and len(cell) <= HEADER_LIMIT}
    return len({column for column in found if column[0]}) + sum(cell in columns for cell in cells)


def _names(cells: list[str]) -> list[str]:
    names = [" ".join(cell.split())[:HEADER_LIMIT] for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise ImportFileError("no_header")
    if len(names) > MAX_COLUMNS:
        raise ImportFileError("too_many_columns", str(MAX_COLUMNS))
    named = [name for name in names if name]
    double = [name for name in named if named.count(name) > 1]
    if known := next((name for name in double if column_of(name)[0]), ""):
        raise ImportFileError("double_header", known)
    return [_unique(name, names, index) for index, name in enumerate(names)]


def _unique(name: str, names: list[str], index: int) -> str:
    """A column without a name goes by its letter; of two that are not used anyway, the second gets a number."""
    if not name:
        return f"[{letters(index)}]"
    return f"{name} ({names[: index + 1].count(name)})" if name in names[:index] else name


def letters(index: int) -> str:
    """0 → A, 26 → AA, as the office programs name their columns."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _under_groups(above: list[str], below: list[str]) -> list[str]:
    """Two rows of header: under the name of a group stand the names of its columns, at least two that we know."""
    above = above + [""] * (len(below) - len(above))
    cells = ["" if cell == above[i] else cell for i, cell in enumerate(below)]
    if _count_known(cells, {}) < 2 or not all(len(c) <= HEADER_LIMIT and any(map(str.isalpha, c)) for c in cells if c):
        return []
    return [cell or name for cell, name in zip(cells + [""] * (len(above) - len(cells)), above, strict=True)]


def _joined(names: list[str], below: list[str]) -> list[str]:
    """Two rows of header: under one name for several columns stand the languages."""
    cells = [cell if cell not in names[i : i + 1] else "" for i, cell in enumerate(below)]
    said = [cell for cell in cells if cell]
    if not said or len(cells) > len(names) + len(said) or not all(language_of(cell) for cell in said):
        return []
    joined, parent = [], ""
    for index in range(max(len(names), len(cells))):
        name = names[index] if index < len(names) else ""
        parent = name if name and not name.startswith("[") else parent
        cell = cells[index] if index < len(cells) else ""
        joined.append(f"{parent} ({cell})" if cell else name)
    return joined


def source_rows(header: HeaderRow, rows: Iterable[RawRow]) -> Iterator[SourceRow]:
    names, count = header.names, len(header.names)
    for row in rows:
        if row.broken:
            yield SourceRow(row.number, {}, row.broken)
            continue
        cells = row.cells
        extra = any(cells[count:])
        filled = [cell for cell in cells if cell]
        if not filled or (len(filled) > 1 and cells[:count] == names):
            continue
        values = {name: cell for name, cell in zip(names, cells, strict=False) if cell or name[0] != "["}
        kinds = {names[index]: kind for index, kind in row.kinds.items() if index < count}
        yield SourceRow(row.number, values, "too_many_cells" if extra else "", kinds)


def columns_of(header: HeaderRow, reading: ReadingChoices) -> dict[str, Column]:
    """What each heading means: as a person said, else as we know it. Of two alike the surer one is taken."""
    found: dict[str, Column] = {}
    for name in header.names:
        if name in reading.columns:
            found[name] = _chosen(reading.columns[name])
    taken = {column for column in found.values() if column[0]}
    for name in sorted(header.names, key=rank_of):
        if name not in found:
            column = column_of(name)
            found[name] = column if column not in taken else ("", "")
            taken |= {column} if column[0] else set()
    return {name: found[name] for name in header.names}


def _chosen(target: str) -> Column:
    return column_of(target) if target else ("", "")
