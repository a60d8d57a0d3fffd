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
