"""Workbooks as office programs save them: which sheet, which rows, and what is odd about a cell."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import MAX_CELL, RawRow
from matching.domain.intake.files.xlsx_files import OpenWorkbook, SheetName


@pytest.fixture
def saved(tmp_path: Path):
    def run(prepare: Callable[[Workbook], object]) -> OpenWorkbook:
        book = openpyxl.Workbook()
        prepare(book)
        book.save(tmp_path / "a.xlsx")
        return OpenWorkbook(tmp_path / "a.xlsx")

    return run


@pytest.fixture
def cell(saved):
    """What becomes of one value, shown as the format says."""

    def run(value: object, shown_as: str = "") -> tuple[str, str]:
        def prepare(book: Workbook) -> None:
            book.active["A1"] = value
            if shown_as:
                book.active["A1"].number_format = shown_as

        (row,) = saved(prepare).rows("Sheet")
        assert row.number == 1
        return row.cells[0] if row.cells else "", row.kinds.get(0, "")

    return run


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 가\u200b\n나 ", ("가\n나", "")),
        (7, ("7", "")),
        (5.0, ("5", "")),
        (5.5, ("5.5", "")),
        (-3, ("-3", "")),
        (10**15 - 1, ("999999999999999", "")),
        (10**15, ("1000000000000000", "rounded")),
        (True, ("TRUE", "boolean")),
        (dt.datetime(2026, 3, 1), ("2026-03-01", "date")),
        (dt.datetime(2026, 3, 1, 9, 30), ("2026-03-01 09:30:00", "date")),
        (dt.time(9, 30), ("09:30:00", "date")),
        ("#N/A", ("#N/A", "error")),
        ("#이름?", ("#이름?", "error")),
        ("=A2&A3", ("", "formula:A1")),
    ],
)
def test_values_as_texts(cell, value: object, text: tuple[str, str]) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(
    ("shown_as", "text"),
    [("00000", "00012"), ('"A-"000', "A-012"), ('0000"호"', "0012호"), ("0", "12"), ("0.00", "12")],
)
def test_zeros_that_the_office_program_shows_are_kept(cell, shown_as: str, text: str) -> None:
    assert cell(12, shown_as) == (text, "")


def test_rows_keep_their_numbers_and_empty_ones_are_passed_over(saved) -> None:
    def prepare(book: Workbook) -> None:
        book.active["B2"] = "x"
        book.active["A5"] = "y"
        book.active["C5"] = " "

    assert list(saved(prepare).rows("Sheet")) == [RawRow(2, ["", "x"]), RawRow(5, ["y"])]


def test_columns_beyond_the_last_are_only_seen_to_be_too_many(saved) -> None:
    (row,) = saved(lambda book: book.active.cell(1, 500, True)).rows("Sheet")
    assert (len(row.cells), row.cells[100], row.kinds) == (101, "TRUE", {})


def test_cell_over_several_rows_speaks_for_each_of_them(saved) -> None:
    def prepare(book: Workbook) -> None:
        for row in (["기관", "1"], ["", "2"], ["", "3"], ["다른", "4"], ["", "5"]):
            book.active.append(row)
        book.active.merge_cells("A1:A3")
        book.active.merge_cells("B4:C4")

    assert [(row.cells, row.kinds) for row in saved(prepare).rows("Sheet")] == [
        (["기관", "1"], {}),
        (["기관", "2"], {0: "merged"}),
        (["기관", "3"], {0: "merged"}),
        (["다른", "4"], {}),
        (["", "5"], {}),
    ]


def sheets(book: Workbook) -> None:
    """Instructions, a hidden list, two tables, a chart."""
    book.active.title = "읽기"
    book.active.append(["작성 방법"])
    hidden = book.create_sheet("숨김")
    hidden.append(["id", "제목"])
    hidden.sheet_state = "hidden"
    book.create_sheet("하나").append(["제목", "비고"])
    table = book.create_sheet("둘")
    table.append(["2026"])
    table.append(["id", "제목", "요약"])
    book.create_chartsheet("그림").add_chart(BarChart())


def test_sheets_say_how_many_names_of_theirs_we_know(saved) -> None:
    assert saved(sheets).sheets() == [
        SheetName("읽기", False, 0),
        SheetName("숨김", True, 2),
        SheetName("하나", False, 1),
        SheetName("둘", False, 3),
    ]


def test_sheet_is_the_first_that_people_see_with_columns_that_we_know(saved) -> None:
    book = saved(sheets)
    assert book.chosen("", book.sheets()) == "둘"
    assert book.chosen("숨김", book.sheets()) == "숨김"
    with pytest.raises(ImportFileError) as refused:
        book.chosen("셋", book.sheets())
    assert (refused.value.code, refused.value.detail) == ("no_such_sheet", "셋")


def test_without_known_columns_it_is_the_first_table(saved) -> None:
    def prepare(book: Workbook) -> None:
        book.active.append(["안내"])
        book.create_sheet("Table").append(["a", "b"])

    book = saved(prepare)
    assert book.chosen("", book.sheets()) == "Table"


def test_only_hidden_sheets_are_read_after_all(saved) -> None:
    book = saved(lambda book: book.active.append(["id", "제목"]))
    assert book.chosen("", [SheetName("Sheet", True, 2)]) == "Sheet"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,title\n"])
def test_files_that_are_no_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match="not_xlsx"):
        OpenWorkbook(path)


def rewritten(path: Path, member: str, change: Callable[[bytes], bytes]) -> OpenWorkbook:
    """The same workbook but for one file inside: what no office program writes, somebody's program may."""
    other = path.with_name("b.xlsx")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(other, "w") as made:
        for name in whole.namelist():
            content = whole.read(name)
            made.writestr(name, change(content) if name == member else content)
    return OpenWorkbook(other)


def test_cell_over_the_limit_is_marked(tmp_path: Path, saved) -> None:
    saved(lambda book: book.active.append(["id", "LONG"])).close()
    rows = [
        list(rewritten(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", replacing("LONG", length)).rows("Sheet"))
        for length in (MAX_CELL, MAX_CELL + 1)
    ]
    assert rows == [[RawRow(1, ["id", "x" * MAX_CELL])], [RawRow(1, ["id", ""], {1: "long"})]]


def replacing(word: str, length: int) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(word.encode(), b"x" * length)


def test_sheet_that_breaks_off_is_no_workbook(tmp_path: Path, saved) -> None:
    saved(lambda book: book.active.append(["id", "제목"])).close()
    half = rewritten(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", lambda content: content[: len(content) // 2])
    with pytest.raises(ImportFileError, match="not_xlsx"):
        list(half.rows("Sheet"))
