import io
import json
import zipfile

import openpyxl
import pytest

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.row_streams import MAX_UNPACKED, SourceRow, estimate_rows, read_rows

KOREAN = "제목,언어\n초전도 선재 기술,ko\n"
RUSSIAN = "title;lang\nПолучение аморфных проводов из расплава;ru\n"


def read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_rows(path=path, name=name))


def xlsx(*rows):
    book, target = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_csv_in_korean_encodings(tmp_path, encoding):
    assert read(tmp_path, "a.csv", KOREAN.encode(encoding)) == [
        SourceRow(2, {"제목": "초전도 선재 기술", "언어": "ko"})
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251"])
def test_csv_in_russian_encodings_with_semicolons(tmp_path, encoding):
    assert read(tmp_path, "a.csv", RUSSIAN.encode(encoding)) == [
        SourceRow(2, {"title": "Получение аморфных проводов из расплава", "lang": "ru"})
    ]


def test_csv_counts_rows_as_a_spreadsheet_does(tmp_path):
    content = b'id\ttitle\n1\t"two\nlines"\n\n3\tlast\textra\n'
    assert read(tmp_path, "a.tsv", content) == [
        SourceRow(2, {"id": "1", "title": "two\nlines"}),
        SourceRow(4, {"id": "3", "title": "last"}, "too_many_cells"),
    ]


def test_xlsx_gives_texts_for_numbers_and_gaps(tmp_path):
    content = xlsx(["ID", "기술명", "TRL"], [1001, "기술", 5.0], [None, None, None], [1002, None, 7])
    assert read(tmp_path, "a.xlsx", content) == [
        SourceRow(2, {"ID": "1001", "기술명": "기술", "TRL": "5"}),
        SourceRow(4, {"ID": "1002", "기술명": "", "TRL": "7"}),
    ]


def test_jsonl_keeps_bad_lines_as_broken_rows(tmp_path):
    content = b'{"id": "a", "tags": ["x", "y"], "trl": 4, "n": null}\n\n{"id": \n[1]\n'
    assert read(tmp_path, "a.jsonl", content) == [
        SourceRow(1, {"id": "a", "tags": "x, y", "trl": "4", "n": ""}),
        SourceRow(3, {}, "not_json"),
        SourceRow(4, {}, "not_an_object"),
    ]


def bomb(unpacked=MAX_UNPACKED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(unpacked // (1 << 24) + 1):
                sheet.write(b"0" * (1 << 24))
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"%PDF", "wrong_type"),
        ("a.xls", b"\xd0\xcf", "old_excel"),
        ("a.csv", b"", "empty_file"),
        ("a.xlsx", b"", "empty_file"),
        ("a.csv", b"title,lang\n", "no_rows"),
        ("a.csv", b"PK\x03\x04\x00\x00", "not_text"),
        ("a.csv", b"title\n" + bytes(range(0x80, 0xFF)), "wrong_encoding"),
        ("a.csv", b"title,title\n1,2\n", "double_header"),
        ("a.csv", b",,\n1,2,3\n", "no_header"),
        ("a.csv", b'title\n"never closed ' + b"x" * 300_000, "broken_csv"),
        ("a.xlsx", b"not a zip", "not_xlsx"),
        ("a.jsonl", b"title,lang\n1,ko\n", "not_jsonl"),
        ("a.csv", ",".join(f"c{n}" for n in range(101)).encode() + b"\n1\n", "too_many_columns"),
    ],
)
def test_files_of_no_use_are_refused(tmp_path, name, content, code):
    with pytest.raises(ImportFileError) as caught:
        read(tmp_path, name, content)
    assert caught.value.code == code


def test_archive_that_is_no_workbook_is_refused(tmp_path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("letter.txt", "hello")
    with pytest.raises(ImportFileError, match="not_xlsx"):
        read(tmp_path, "a.xlsx", target.getvalue())


def test_archive_that_unpacks_too_large_is_refused(tmp_path):
    with pytest.raises(ImportFileError, match="unpacks_too_large"):
        read(tmp_path, "a.xlsx", bomb())


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("matching.domain.intake.files.row_streams.MAX_ROWS", 2)
    with pytest.raises(ImportFileError, match="too_many_rows"):
        read(tmp_path, "a.jsonl", (json.dumps({"id": "a"}) + "\n").encode() * 3)


def test_estimate_counts_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a\n1\n2\n")
    assert estimate_rows(path=path, name="a.csv") == 3


def test_workbook_of_one_endless_cell_is_not_opened(tmp_path):
    """Below the limit for all that it holds, but no table packs so well."""
    with pytest.raises(ImportFileError, match="unpacks_too_large"):
        read(tmp_path, "a.xlsx", bomb(100 * 1024 * 1024))


def test_workbook_of_many_empty_rows_is_opened(tmp_path):
    rows = [["제목", "언어"], ["초전도 선재 기술", "ko"], *[[""] * 8 for _ in range(20_000)]]
    assert [row.number for row in read(tmp_path, "a.xlsx", xlsx(*rows))] == [2]
