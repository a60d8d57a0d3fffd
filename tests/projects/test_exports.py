import csv
import io

import pytest
from openpyxl import load_workbook

from projects.exports import safe, to_csv, to_xlsx
from projects.tables import Column, Table

TABLE = Table(
    "x",
    "표: 하나/둘",
    [Column("=이름"), Column("Число", "number")],
    [["=1+1", 7], ["㈜동***지", 6_600_000_000]],
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+82", "'+82"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t=1"),
        *((text, f"'{text}") for text in ("\u200b=1", "\ufeff+1", "\u00ad-1", "\u2066@a", "\ufe661", "\uff0b1")),
        ("㈜동***지", "㈜동***지"),
        (-5, -5),
        ("a\x00b", "ab"),
    ],
)
def test_safe_disarms_texts_that_would_run_as_formulas(value, written):
    assert safe(value) == written


def test_to_csv_has_the_mark_and_everything_under_its_title():
    content = to_csv([TABLE])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["표: 하나/둘"],
        ["'=이름", "Число"],
        ["'=1+1", "7"],
        ["㈜동***지", "6600000000"],
        [],
    ]


def test_to_xlsx_has_a_sheet_per_table_with_real_numbers():
    book = load_workbook(io.BytesIO(to_xlsx([TABLE])))
    assert book.sheetnames == ["표  하나 둘"]
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert cells == [["'=이름", "Число"], ["'=1+1", 7], ["㈜동***지", 6_600_000_000]]
