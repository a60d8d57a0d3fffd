import pytest

from kr_ru_platform.words.lines import many_lines, one_line, shorten


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("접수\r\nBcc: a@example.org", "접수 Bcc: a@example.org"),
        ("a\u2028b\u2029c\x0bd\x85e", "a b c d e"),
        ("cen\u200btre \u202emoc.elgoog", "centre moc.elgoog"),
        ("  two \t  words\x00 ", "two words"),
        ("ГОСТ\u00a07\u00a0мм", "ГОСТ 7 мм"),
        ("й", "й"),
        (404, "404"),
        ("", ""),
    ],
)
def test_one_line_stays_one_line_that_shows_all_there_is(text: object, expected: str) -> None:
    assert one_line(text) == expected


def test_one_line_is_cut_with_a_sign_of_it() -> None:
    assert (one_line("열 글자가 넘는 제목", 6), one_line("짧은 제목", 6)) == ("열 글자가…", "짧은 제목")


def test_many_lines_keep_line_ends_and_tabs_and_lose_what_turns_the_order() -> None:
    assert many_lines("a\r\nb\rc\td\u202ee\x00\x1b[1m", 100) == "a\nb\nc\tde[1m"


def test_the_sign_counts_and_no_blank_is_left_before_it() -> None:
    assert (many_lines("ab cd", 4), many_lines("abcd", 4)) == ("ab…", "abcd")


def test_shorten_cuts_between_words_and_marks_the_cut() -> None:
    assert shorten("one two, three", 11) == "one two…"
    assert (shorten("a\nb", 10), shorten("가" * 20, 5)) == ("a b", "가가가가…")
