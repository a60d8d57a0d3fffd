"""Which encoding a text file is in: UTF-8, or what Korean and Russian offices still save."""

import codecs
import re
from pathlib import Path

CHUNK = 1 << 20


class ImportFileError(Exception):
    """The file as a whole cannot be read; `code` is put into words where it is shown."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def detect_encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(CHUNK)
    if not head.strip():
        raise ImportFileError("empty_file")
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _must_decode(path, "utf-16")
    if b"\x00" in head:
        raise ImportFileError("not_text")
    if _decodes(path, "utf-8"):
        return "utf-8-sig"
    if _decodes(path, "cp949") and _looks_korean(head):
        return "cp949"
    if _decodes(path, "cp1251") and _looks_russian(head):
        return "cp1251"
    raise ImportFileError("wrong_encoding")


def _must_decode(path: Path, encoding: str) -> str:
    if _decodes(path, encoding):
        return encoding
    raise ImportFileError("wrong_encoding")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_korean(head: bytes) -> bool:
    """Russian bytes read as CP949 give Chinese characters; Korean ones give Hangul."""
    text = head.decode("cp949", "ignore")
    return len(re.findall("[가-힣]", text)) > len(re.findall("[\u4e00-\u9fff]", text))


def _looks_russian(head: bytes) -> bool:
    text = head.decode("cp1251", "ignore")
    return len(re.findall("[А-яЁё]", text)) > len(re.findall("[^\x00-\x7fА-яЁё]", text))
