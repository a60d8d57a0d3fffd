"""CSV as offices save it: any of the usual separators, and quotation marks that somebody forgot to close."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import ERROR_VALUE, LOOKED_AT, MAX_CELL, RawRow, clean_cell
from matching.domain.intake.files.headings import column_of

SEPARATORS = ",;\t|"
# The first line of some files only says which separator follows; the office program does not show it.
SAID = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)
# More than any cell may hold, so that a cell over the limit is told from a quotation mark that is never closed.
LONGEST_FIELD = 20 * MAX_CELL
LINE = 1 << 20


def read_csv(path: Path, encoding: str) -> Iterator[RawRow]:
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=encoding, newline="") as file:
        separator, skipped = _separator(file)
        reader = csv.reader(file, delimiter=separator, strict=True)
        number, width = 0, 0
        while True:
            start = reader.line_num
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, UnicodeError) as error:
                line = _where_it_opens(path, encoding, start + skipped, separator)
                raise ImportFileError("broken_csv", str(line), row=line) from error
            number += 1
            width = max(width, len(cells) if number <= LOOKED_AT else 0)
            yield _raw(number, cells, separator, width)


def _raw(number: int, cells: list[str], separator: str, width: int) -> RawRow:
    if any(_swallows_rows(cell, index, cells, separator, width) for index, cell in enumerate(cells)):
        return RawRow(number, [], broken="broken_csv")
    row = RawRow(number, [clean_cell(cell) for cell in cells])
    for index, cell in enumerate(row.cells):
        if len(cell) > MAX_CELL:
            row.cells[index], row.kinds[index] = "", "long"
        elif cell[:1] in "#Ee" and ERROR_VALUE.fullmatch(cell):
            row.kinds[index] = "error"
    return row


def _swallows_rows(cell: str, index: int, cells: list[str], separator: str, width: int) -> bool:
    """Between two forgotten quotation marks lie whole rows: each line in it has a row's number of separators."""
    if width < 3 or "\n" not in cell or separator not in cell:
        return False
    lines = cell.rstrip("\r\n").split("\n")
    counts = [len(re.findall(f"{re.escape(separator)}(?! )", line)) for line in lines]
    counts[0] += index
    counts[-1] += len(cells) - index - 1
    return len(lines) > 1 and all(count == width - 1 for count in counts)


def _separator(file: IO[str]) -> tuple[str, int]:
    """The separator, and how many lines are passed over; the file stands where the rows begin."""
    first = file.readline(LINE)
    if said := SAID.match(first):
        return said[1], 1
    lines = [first, *islice(iter(lambda: file.readline(LINE), ""), LOOKED_AT)]
    file.seek(0)
    return max(SEPARATORS, key=lambda separator: _fit(lines, separator)), 0


def _fit(lines: list[str], separator: str) -> tuple[int, int]:
    """By the names that we know in a row, then by the number of its cells."""
    best = (0, 0)
    for line in lines:
        cells = [cell.strip().strip('"') for cell in line.split(separator)]
        known = sum(bool(column_of(clean_cell(cell))[0]) for cell in cells if len(cell) < 100)
        best = max(best, (known, len(cells)))
    return best


def _where_it_opens(path: Path, encoding: str, before: int, separator: str) -> int:
    """The line on which the quotation mark opens that is not closed, counted from the first line of the file."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        is_open, opened, begins = False, before + 1, True
        for number, line in enumerate(iter(lambda: file.readline(LINE), ""), start=1):
            if number <= before:
                continue
            for index, letter in enumerate(line):
                if letter != '"':
                    begins = letter in (separator, "\n", "\r") if not is_open else False
                elif is_open:
                    is_open = False
                    after = line[index + 1 : index + 2]
                    if after == '"':
                        continue
                    if after not in (separator, "\n", "\r", ""):
                        return opened
                elif begins or line[index - 1 : index] == '"':
                    opened = opened if line[index - 1 : index] == '"' and not begins else number
                    is_open, begins = True, False
    return opened
