import unicodedata

import pytest

from kr_ru_platform.words.reading.characters import MOST_MARKS, clean, clean_line


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("plain text", "plain text"),
        ("", ""),
        ("\u1100\u1161", "가"),
        ("e\u0301", "é"),
        # Nobody sees them.
        ("со\u00adрбент", "сорбент"),
        ("a\u200bb\ufeffc\u202ed\u3164e", "abcde"),
        ("a\x00b\x07c\x7f", "abc"),
        ("\ud800x", "x"),
        # One kind of blank and of line end.
        ("a\u00a0b\u3000c\td", "a b c d"),
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        # What the text says stays.
        ("5 м², ㎡, ㈜, ½", "5 м², ㎡, ㈜, ½"),
        # Joints stay where they make a picture, and nowhere else.
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("a\u200db", "ab"),
        ("a\ufe0fb", "ab"),
    ],
)
def test_same_words_without_what_nobody_sees(text: str, stored: str) -> None:
    assert clean(text) == stored
    assert clean(stored) == stored


def test_marks_by_the_thousand_are_cut() -> None:
    found = clean("a" + "\u0323" * 5_000)
    assert sum(map(bool, map(unicodedata.combining, unicodedata.normalize("NFD", found)))) == MOST_MARKS


def test_line_is_one_line() -> None:
    assert clean_line("  a\u200b \n\t b\u2028c ") == "a b c"
