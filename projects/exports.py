"""Tables as CSV and XLSX that spreadsheet programs open safely and in every script."""

import io
import re
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kr_ru_platform.words.spreadsheets import Cell, csv_file, safe_cell
from projects.tables import Table, Value

WIDEST = 60


def to_csv(tables: list[Table]) -> bytes:
    """All tables under one another, each with its title; UTF-8 with the mark that Excel needs."""
    return csv_file(row for table in tables for row in written_out(table))


def written_out(table: Table) -> list[list[Value]]:
    """Title, headings, rows and an empty line."""
    return [[table.title], [column.label for column in table.columns], *table.rows, []]


def to_xlsx(tables: list[Table]) -> bytes:
    """One sheet per table."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        sheet = workbook.create_sheet(sheet_title(table.title))
        sheet.append([safe_cell(column.label) for column in table.columns])
        for row in table.rows:
            sheet.append([as_number(safe_cell(value)) for value in row])
        for number, column in enumerate(table.columns, start=1):
            sheet.cell(row=1, column=number).font = Font(bold=True)
            longest = max([len(column.label), *(len(str(row[number - 1])) for row in table.rows)])
            sheet.column_dimensions[get_column_letter(number)].width = min(longest * 1.7 + 2, WIDEST)
            if column.kind != "text":
                for cells in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
                    cells[0].number_format = "#,##0.##" if has_fraction(cells[0].value) else "#,##0"
        sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def as_number(value: Cell) -> str | int | float:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def has_fraction(value: object) -> bool:
    return isinstance(value, float) and value != int(value)


def sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
