"""Rows of CSV as an office program counts them, whatever the separator and whoever forgot a quotation mark."""

from pathlib import Path

import pytest

from matching.domain.intake.files.csv_files import read_csv
from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import MAX_CELL, RawRow


@pytest.fixture
def read(tmp_path: Path):
    def run(text: str, encoding: str = "utf-8") -> list[RawRow]:
        path = tmp_path / "a.csv"
        path.write_bytes(text.encode(encoding))
        return list(read_csv(path, encoding))

    return run


@pytest.mark.parametrize("separator", list(",;\t|"))
def test_separator_is_found_by_the_names_that_we_know(read, separator: str) -> None:
    cells = ["id", "title", "trl"], ["1", "x", "5"]
    assert read("".join(separator.join(row) + "\r\n" for row in cells)) == [RawRow(1, cells[0]), RawRow(2, cells[1])]


def test_commas_in_a_title_above_do_not_make_the_separator(read) -> None:
    assert [row.cells for row in read("a, b, c, d, e, f\nid;title\n1;x, y\n")] == [
        ["a, b, c, d, e, f"],
        ["id", "title"],
        ["1", "x, y"],
    ]


def test_without_known_names_the_most_cells_decide(read) -> None:
    assert [row.cells for row in read("a,b;c;d\n")] == [["a,b", "c", "d"]]


@pytest.mark.parametrize("said", ["sep=;", '"sep=;"', "\ufeffSEP=;  "])
def test_line_that_says_the_separator_is_no_row(read, said: str) -> None:
    assert read(f"{said}\nid,x;title\n") == [RawRow(1, ["id,x", "title"])]


def test_cells_keep_their_lines_and_lose_what_nobody_sees(read) -> None:
    assert read('id,title\n1," two\nlines\u200b "\n\n2,x\n') == [
        RawRow(1, ["id", "title"]),
        RawRow(2, ["1", "two\nlines"]),
        RawRow(3, []),
        RawRow(4, ["2", "x"]),
    ]


def test_errors_and_cells_over_the_limit_are_marked(read) -> None:
    assert read(f"id,title,trl\n#N/A,{'x' * (MAX_CELL + 1)},Err:502\nError,{'x' * MAX_CELL},#1\n")[1:] == [
        RawRow(2, ["#N/A", "", "Err:502"], {0: "error", 1: "long", 2: "error"}),
        RawRow(3, ["Error", "x" * MAX_CELL, "#1"]),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,title\n1,x\n2,"never closed\n3,y\n', 3),
        ('id,title\n1,"closed"\n"2,"a ""quoted"" word\n', 3),
        ('sep=,\nid,title\n1,"open\n', 3),
        ('id,title\n1,"two\nlines"\n2,"open\n', 4),
    ],
)
def test_quotation_mark_that_is_never_closed_is_found_on_its_line(read, text: str, line: int) -> None:
    with pytest.raises(ImportFileError) as refused:
        read(text)
    assert (refused.value.code, refused.value.detail, refused.value.row) == ("broken_csv", str(line), line)


def test_two_forgotten_quotation_marks_swallow_no_rows(read) -> None:
    assert read('id,title,trl\n1,"x,5\n2,y,6\n3,z",7\n4,w,8\n') == [
        RawRow(1, ["id", "title", "trl"]),
        RawRow(2, [], broken="broken_csv"),
        RawRow(3, ["4", "w", "8"]),
    ]


def test_text_with_commas_in_several_lines_is_a_text(read) -> None:
    assert read('id,title,trl\n1,"one, two\nthree, four",7\n')[1] == RawRow(2, ["1", "one, two\nthree, four", "7"])


def test_bytes_of_another_encoding_are_broken_where_they_stand(tmp_path: Path) -> None:
    """Far down: the beginning, by which the separator is found, is in order."""
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,title\n" * 3_000 + b"1,\xff\xff\n")
    with pytest.raises(ImportFileError, match="broken_csv"):
        list(read_csv(path, "utf-8"))
