"""Tables as CSV and XLSX that spreadsheet programs open safely and in every script."""

import csv
import io
import re
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from kr_ru_platform.words.formulas import runs_as_formula
from projects.tables import Table, Value

BOM = "\ufeff"
WIDEST = 60


def safe(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if runs_as_formula(text) else text


def to_csv(tables: list[Table]) -> bytes:
    """All tables under one another, each with its title; UTF-8 with the mark that Excel needs."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for table in tables:
        writer.writerow([safe(table.title)])
        writer.writerow([safe(column.label) for column in table.columns])
        writer.writerows([safe(value) for value in row] for row in table.rows)
        writer.writerow([])
    return (BOM + buffer.getvalue()).encode("utf-8")


def to_xlsx(tables: list[Table]) -> bytes:
    """One sheet per table."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        sheet = workbook.create_sheet(sheet_title(table.title))
        sheet.append([safe(column.label) for column in table.columns])
        for row in table.rows:
            sheet.append([as_number(safe(value)) for value in row])
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


def as_number(value: Value) -> str | int | float:
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def has_fraction(value: object) -> bool:
    return isinstance(value, float) and value != int(value)


def sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
