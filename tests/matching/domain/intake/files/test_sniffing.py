"""What a file is: by its name before it is sent, by its bytes once it is here."""

import io
import zipfile

import pytest

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.sniffing import kind_by_content, kind_of


def zipped(*names: str, **contents: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, contents.get(name, b"x"))
    return target.getvalue()


def locked(content: bytes) -> bytes:
    """With the mark of a password on its only member."""
    return content.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


def ole(*streams: str, gap: int = 600) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"".join(bytes(gap) + s.encode("utf-16-le") for s in streams)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("A.CSV", "csv"),
        ("a.tsv", "csv"),
        ("a.txt", "csv"),
        ("a.b.xlsx", "xlsx"),
        ("a.xlsm", "xlsx"),
        ("a.ndjson", "jsonl"),
    ],
)
def test_kind_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("name", "code", "detail"),
    [
        ("a.XLS", "old_excel", ""),
        ("a.xlsb", "binary_excel", ""),
        ("a.ods", "open_document", ""),
        ("a.hwp", "word_processor", ""),
        ("a.csv.zip", "is_archive", ""),
        ("a.htm", "is_html", ""),
        ("a.xml", "is_xml", ""),
        ("a.pdf", "wrong_type", ".pdf"),
        ("csv", "wrong_type", ""),
    ],
)
def test_names_that_are_refused_before_anything_is_sent(name: str, code: str, detail: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        kind_of(name)
    assert (refused.value.code, refused.value.detail) == (code, detail)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"id,title\n", "csv"),
        ("a.jsonl", b'{"id": 1}\n', "jsonl"),
        # A workbook under a wrong name is still a workbook.
        ("a.csv", zipped("xl/workbook.xml"), "xlsx"),
        ("a.xlsx", zipped("xl/_rels/workbook.xml.rels"), "xlsx"),
        ("a.csv", b"title\n<b>bold</b>\n", "csv"),
        ("a.csv", b"<title>,id\n", "csv"),
        ("a.csv", "제목: 값\nMIME-Version: 1.0".encode(), "csv"),
    ],
)
def test_kind_by_content(name: str, content: bytes, kind: str) -> None:
    assert kind_by_content(io.BytesIO(content), name) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\x00 \t\r\n", "empty_file"),
        ("a.xlsx", b"id,title\n", "not_xlsx"),
        ("a.csv", b"%PDF-1.7", "wrong_type"),
        ("a.csv", b"{\\rtf1", "word_processor"),
        ("a.csv", b"\x1f\x8b\x08", "is_archive"),
        ("a.csv", b"\x89PNG", "not_text"),
        ("a.csv", b"ID;PWXL", "old_excel"),
        ("a.csv", "\ufeff <TABLE><tr>".encode(), "is_html"),
        ("a.csv", "<html>".encode("utf-16"), "is_html"),
        ("a.xls", b"From: x\r\nMIME-Version: 1.0\r\n", "is_html"),
        ("a.xls", b"<?xml version='1.0'?><Workbook>", "is_xml"),
        ("a.xls", b"<?xml version='1.0'?><!DOCTYPE html><html>", "is_html"),
        ("a.csv", ole("Workbook"), "old_excel"),
        ("a.csv", ole("Workbook", "EncryptedPackage"), "encrypted"),
        ("a.csv", ole("WordDocument"), "word_processor"),
        ("a.csv", ole("HwpSummaryInformation"), "word_processor"),
        ("a.csv", ole("something else"), "old_excel"),
        # The name of the stream lies across two pieces of what is read at a time.
        ("a.csv", ole("WordDocument", gap=(1 << 20) - 20), "word_processor"),
        ("a.csv", zipped("xl/_rels/workbook.xml.rels", "xl/workbook.bin"), "binary_excel"),
        ("a.csv", zipped("Index/Document.iwa"), "apple_numbers"),
        ("a.csv", zipped("word/document.xml"), "word_processor"),
        ("a.csv", zipped("mimetype", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "open_document"),
        ("a.csv", zipped("mimetype", mimetype=b"application/hwp+zip"), "word_processor"),
        ("a.csv", zipped("other"), "is_archive"),
        ("a.xlsx", zipped("other"), "not_xlsx"),
        ("a.csv", locked(zipped("xl/workbook.xml")), "encrypted"),
        ("a.csv", b"PK\x03\x04 cut off", "not_text"),
        ("a.XLSX", b"PK\x03\x04 cut off", "not_xlsx"),
    ],
)
def test_contents_that_are_refused_for_one_reason(name: str, content: bytes, code: str) -> None:
    with pytest.raises(ImportFileError) as refused:
        kind_by_content(io.BytesIO(content), name)
    assert refused.value.code == code


def bomb(unpacked: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(unpacked))
    return target.getvalue()


def test_what_unpacks_to_a_thousand_times_its_size_is_not_opened() -> None:
    assert kind_by_content(io.BytesIO(bomb(32 * 1024 * 1024)), "a.xlsx") == "xlsx"
    with pytest.raises(ImportFileError, match="unpacks_too_large"):
        kind_by_content(io.BytesIO(bomb(32 * 1024 * 1024 + 1)), "a.xlsx")
