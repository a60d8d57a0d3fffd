import pytest

from matching.domain.texts.plain_text import first_sentences, has_markup, to_plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain", "Plain"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ol><li>first<li>second</ol>", "first\nsecond"),
        ("a <b>bold</b> word<br>next", "a bold word\nnext"),
        ("<script>alert(1)</script>Safe", "Safe"),
        ("x < 5 and y > 3", "x < 5 and y > 3"),
        ("в < случайных ансамблях решеток", "в < случайных ансамблях решеток"),
        ("R&amp;D &nbsp;now", "R&D now"),
        (f"R&amp;D &#{'9' * 5_000}; now", "R&D now"),
        (f"<p>R&amp;D</p> &#{'9' * 5_000}; now", "R&D\nnow"),
        ("nul\x00 and half\ud800 pair", "nul and half pair"),
        ("\u1112\u1161\u11ab", "한"),
        ("a\r\nb\n\n\n\nc", "a\nb\n\nc"),
    ],
)
def test_to_plain_text(text, expected):
    assert to_plain_text(text) == expected


def test_has_markup_knows_tags_from_comparisons():
    assert [has_markup(text) for text in ("<script>", "<img src=x onerror=y>", "p < 0.05", "a <b", "<Adv>")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_first_sentences_stops_at_a_whole_sentence():
    assert first_sentences("First one. Second one. Third one.", 24) == "First one. Second one."


def test_first_sentences_cuts_a_long_sentence_at_a_word():
    assert first_sentences("word " * 100, 23) == "word word word word…"
