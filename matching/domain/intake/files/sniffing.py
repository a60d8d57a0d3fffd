"""What a file is, by what is in it: offices give files other endings than they have."""

import re
import zipfile
from pathlib import Path
from typing import IO

from matching.domain.intake.files.encodings import ImportFileError

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
# Endings whose files nobody can save as one of ours by mistake: said before anything is sent.
REFUSED_ENDINGS = {
    ".xls": "old_excel",
    ".xlt": "old_excel",
    ".xlsb": "binary_excel",
    ".ods": "open_document",
    ".fods": "open_document",
    ".ots": "open_document",
    ".numbers": "apple_numbers",
    ".hwp": "word_processor",
    ".hwpx": "word_processor",
    ".cell": "word_processor",
    ".doc": "word_processor",
    ".docx": "word_processor",
    ".odt": "word_processor",
    ".rtf": "word_processor",
    ".zip": "is_archive",
    ".gz": "is_archive",
    ".7z": "is_archive",
    ".rar": "is_archive",
    ".htm": "is_html",
    ".html": "is_html",
    ".mht": "is_html",
    ".mhtml": "is_html",
    ".xml": "is_xml",
}
# An XLSX of 100 MB unpacks to some hundreds of megabytes; a bomb to far more.
MAX_UNPACKED = 400 * 1024 * 1024
# Sheets of real tables, even of empty rows, unpack to some tens of times their size; one endless cell to a thousand.
MAX_TIMES, CERTAINLY_SMALL = 300, 32 * 1024 * 1024
HEAD = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS = (
    (b"%PDF", "wrong_type"),
    (b"{\\rtf", "word_processor"),
    (b"HWP Document File", "word_processor"),
    (b"\x1f\x8b", "is_archive"),
    (b"7z\xbc\xaf\x27\x1c", "is_archive"),
    (b"Rar!\x1a\x07", "is_archive"),
    (b"BZh9", "is_archive"),
    (b"\xfd7zXZ", "is_archive"),
    (b"\x89PNG", "not_text"),
    (b"\xff\xd8\xff", "not_text"),
    (b"GIF8", "not_text"),
    (b"ID;P", "old_excel"),
)
# In archives: what a file inside tells.
MEMBERS = (
    ("xl/workbook.bin", "binary_excel"),
    ("Index/Document.iwa", "apple_numbers"),
    ("Index.zip", "apple_numbers"),
    ("word/document.xml", "word_processor"),
    ("ppt/presentation.xml", "word_processor"),
    ("Contents/header.xml", "word_processor"),
)
HTML = re.compile(r"<!doctype\s+html|<(?:html|head|meta|body|table|tr|td|div|script|style)[\s>]", re.IGNORECASE)
LETTER = re.compile(r"[A-Za-z][A-Za-z-]*:\s")
MHTML = re.compile(r"^mime-version\s*:|^content-type\s*:\s*(?:multipart|text/html)", re.IGNORECASE | re.MULTILINE)


def kind_of(name: str) -> str:
    """By the ending: which reader is tried first."""
    suffix = Path(name).suffix.lower()
    if suffix in REFUSED_ENDINGS:
        raise ImportFileError(REFUSED_ENDINGS[suffix])
    if suffix not in KINDS:
        raise ImportFileError("wrong_type", suffix)
    return KINDS[suffix]


def kind_by_content(file: IO[bytes], name: str) -> str:
    """By what is in it: the reader for it, or the one sentence that says what the file is."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise ImportFileError("empty_file")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_archive(file, is_named_xlsx=Path(name).suffix.lower() in (".xlsx", ".xlsm"))
    if head.startswith(OLE):
        raise ImportFileError(_kind_of_ole(file))
    for beginning, code in BEGINNINGS:
        if head.startswith(beginning):
            raise ImportFileError(code)
    if code := _kind_of_markup(head):
        raise ImportFileError(code)
    kind = kind_of(name)
    if kind == "xlsx":
        raise ImportFileError("not_xlsx")
    return kind


def _kind_of_markup(head: bytes) -> str:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n\x00")
    # A saved web page is a letter: its first lines say so, after who saved it and when.
    if LETTER.match(text) and MHTML.search(text[:2000]):
        return "is_html"
    if not text.startswith("<"):
        return ""
    if text.startswith("<?xml") and "<html" not in text.lower():
        return "is_xml"
    return "is_html" if HTML.search(text[:2000]) else ""


def _kind_of_ole(file: IO[bytes]) -> str:
    """The old container of Microsoft: its directory names its streams in UTF-16."""
    file.seek(0)
    names = (
        ("EncryptedPackage", "encrypted"),
        ("Workbook", "old_excel"),
        ("Book", "old_excel"),
        ("WordDocument", "word_processor"),
        ("HwpSummaryInformation", "word_processor"),
    )
    found = set()
    tail = b""
    while chunk := file.read(1 << 20):
        piece = tail + chunk
        found |= {name for name, _code in names if name.encode("utf-16-le") in piece}
        tail = chunk[-64:]
    return next((code for name, code in names if name in found), "old_excel")


def _kind_of_archive(file: IO[bytes], *, is_named_xlsx: bool) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            packed = sum(member.compress_size for member in archive.infolist())
            names = set(archive.namelist())
            is_locked = any(member.flag_bits & 1 for member in archive.infolist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names and not is_locked else b""
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as error:
        raise ImportFileError("not_xlsx" if is_named_xlsx else "not_text") from error
    if unpacked > min(MAX_UNPACKED, max(CERTAINLY_SMALL, packed * MAX_TIMES)):
        raise ImportFileError("unpacks_too_large")
    if is_locked:
        raise ImportFileError("encrypted")
    if "xl/workbook.xml" in names or "xl/_rels/workbook.xml.rels" in names and "xl/workbook.bin" not in names:
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype:
        raise ImportFileError("open_document")
    if mimetype:
        raise ImportFileError("word_processor")
    other = "not_xlsx" if is_named_xlsx else "is_archive"
    raise ImportFileError(next((code for member, code in MEMBERS if member in names), other))
