import csv
import io
from decimal import Decimal

import pytest

from kr_ru_platform.words.spreadsheets import csv_file, safe_cell


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
        (Decimal("-5.5"), Decimal("-5.5")),
        ("a\x00b", "ab"),
    ],
)
def test_safe_cell_disarms_texts_that_would_run_as_formulas(value, written):
    assert safe_cell(value) == written


def test_csv_file_has_the_mark_and_safe_cells():
    assert csv_file([["이름", "=1"], [], [-7, "-7"]]).decode("utf-8") == "\ufeff이름,'=1\r\n\r\n-7,'-7\r\n"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("9;=cmd|'/c calc'!A1;", "9;'=cmd|'/c calc'!A1;"),
        ("=1+1;9", "'=1+1;9"),
        ("x\n=1+1\ny", "x\n'=1+1\ny"),
        ("x\r\n@sum", "x\r\n'@sum"),
        ('9; "=1', "9;' \"=1"),
        ("9\t＝1", "9\t'＝1"),
        ("9;\u200b=1;-2", "9;'\u200b=1;'-2"),
        ("10 °C; 20 °C, -5 °C", "10 °C; 20 °C, -5 °C"),
    ],
)
def test_csv_file_has_no_formula_behind_a_separator_within_a_cell(typed, written):
    """Korean Excel divides at commas, a Russian one at semicolons: neither finds a formula."""
    text = csv_file([["a", typed, "b"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", written, "b"]]
    for line in text.splitlines():
        assert not [cell for cell in line.split(";") if cell.lstrip('" \u200b').startswith(("=", "+", "-", "@", "＝"))]
