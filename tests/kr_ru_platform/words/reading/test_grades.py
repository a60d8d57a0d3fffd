import pytest

from kr_ru_platform.words.reading.grades import fold_word, fold_words, without_stray_letters


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("ti-6al-4v", "ti6al4v"),
        ("вт6", "bt6"),
        ("вт-6", "bt6"),
        ("12-х18н10т", "12x18h10t"),
        ("7075-t6", "7075t6"),
        ("covid-19", "covid19"),
        # Words and numbers that a hyphen only joins.
        ("модель-5", "модель-5"),
        ("al2o3-zro2", "al2o3-zro2"),
        ("5-axis", "5-axis"),
        ("3d-печать", "3d-печать"),
        # Letters of the other script that only look right.
        ("cтaль", "сталь"),
        ("лaзеp", "лазер"),
        ("t-образный", "т-образный"),
        ("е-learning", "e-learning"),
        ("сталь", "сталь"),
        ("steel", "steel"),
    ],
)
def test_grades_are_one_word_in_one_script(word: str, folded: str) -> None:
    assert (fold_word(word), fold_words(f"({word}), {word}")) == (folded, f"({folded}), {folded}")


def test_long_words_are_folded_too() -> None:
    assert fold_word("cтaль" * 20) == "сталь" * 20


def test_only_words_of_letters_alone_are_put_right() -> None:
    assert without_stray_letters("cтaль вт6 steel") == "сталь вт6 steel"
