import pytest

from kr_ru_platform.words.reading.row_keys import as_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", 7),
        ("0", 0),
        ("9" * 17, int("9" * 17)),
        ("9" * 18, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("1.0", None),
        (" 7", None),
        ("²", None),
        ("７", None),
        ("7\x00", None),
    ],
)
def test_as_id_reads_keys_and_nothing_else(text: str | None, expected: int | None) -> None:
    assert as_id(text) == expected
