"""Which encoding a file is in, and when a person has to say it."""

import codecs
from pathlib import Path

import pytest

from matching.domain.intake.files.encodings import (
    EncodingGuess,
    ImportFileError,
    decodes,
    detect_encoding,
    guess_encoding,
    sample_lines,
)

KOREAN = "제목,언어\n변압기 철심에서 열이 많이 나는 문제를 해결하는 비정질 합금 기술,ko\n"
RUSSIAN = "title;lang\nПолучение аморфных проводов из расплава быстрым охлаждением;ru\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"id,title\n1,x\n", "utf-8-sig"),
        (KOREAN.encode(), "utf-8-sig"),
        (KOREAN.encode("utf-8-sig"), "utf-8-sig"),
        (KOREAN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), "utf-16"),
        (KOREAN.encode("utf-32"), "utf-32"),
        (KOREAN.encode("cp949"), "cp949"),
        (RUSSIAN.encode("cp1251"), "cp1251"),
        (RUSSIAN.encode("koi8-r"), "koi8-r"),
        (RUSSIAN.encode("cp866"), "cp866"),
    ],
)
def test_encodings_without_doubt(path: Path, content: bytes, encoding: str) -> None:
    path.write_bytes(content)
    assert (guess_encoding(path).name, guess_encoding(path).is_sure) == (encoding, True)
    assert detect_encoding(path) == encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_only_a_guess(path: Path, encoding: str) -> None:
    path.write_bytes(("id,title\n" * 20).encode(encoding))
    assert guess_encoding(path) == EncodingGuess(encoding, is_sure=False, possible=(encoding,))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("1,铝合金焊接方法提高速度\n", "gbk"),
        ("1,アルミニウムの溶接\n", "shift_jis"),
        ("1,Methode de soudage a l'arc, très bonne qualité\n", "cp1252"),
    ],
)
def test_other_languages_are_asked_about(path: Path, text: str, encoding: str) -> None:
    path.write_bytes(text.encode(encoding))
    guess = guess_encoding(path)
    assert (guess.is_sure, encoding in guess.possible, guess.name) == (False, True, guess.possible[0])
    with pytest.raises(ImportFileError) as asked:
        detect_encoding(path)
    assert (asked.value.code, asked.value.detail) == ("uncertain_encoding", ", ".join(guess.possible))


@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (b"", "empty_file", 0),
        (b" \r\n\t", "empty_file", 0),
        (codecs.BOM_UTF16_LE + b"a", "wrong_encoding", 0),
        (b"a\x00b\x00\x00\x00\xff\xff\xff", "not_text", 0),
        (bytes(range(0x80, 0xFF)), "wrong_encoding", 0),
        (b"id,title\n" + "1,제목입니다\n".encode() + "2,제목입니다\n".encode("cp949"), "mixed_encoding", 3),
        (b"id\n" + "1,제목입니다\n".encode("cp949") + b"\n" + "2,제목입니다\n".encode(), "mixed_encoding", 4),
        # Letters cut by a program that counts bytes.
        (("1,기술의 이름입니다\n" * 5).encode() + "2,기술의 이름입니다".encode()[:-1] + b"\n", "mixed_encoding", 6),
    ],
)
def test_files_that_no_encoding_reads(path: Path, content: bytes, code: str, row: int) -> None:
    path.write_bytes(content)
    with pytest.raises(ImportFileError) as refused:
        guess_encoding(path)
    assert (refused.value.code, refused.value.row) == (code, row)


def test_decodes_to_the_last_byte(path: Path) -> None:
    path.write_bytes("가".encode()[:2])
    assert (decodes(path, "utf-8"), decodes(path, "koi8-r")) == (False, True)


def test_sample_shows_the_first_lines_with_other_letters_as_they_would_be_read(path: Path) -> None:
    lines = ["id,title", "가" * 200, "plain", *(f"줄 {n}" for n in range(5))]
    path.write_bytes("\n".join(lines).encode("utf-8-sig"))
    assert sample_lines(path, "utf-8") == ["가" * 160, "줄 0", "줄 1", "줄 2"]
    assert sample_lines(path, "cp1251")[0][:6] == "п»їid,"
