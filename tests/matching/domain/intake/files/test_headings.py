"""What a heading means, and what it does not mean."""

import pytest

from matching.domain.intake.files.headings import (
    HEADERS,
    TEXT_COLUMNS,
    column_of,
    guessed_column,
    is_counter,
    language_of,
    plain,
    rank_of,
)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("external_id", ("external_id", "")),
        ("External ID", ("external_id", "")),
        ("기술명", ("title", "")),
        ("보유 기관", ("holder", "")),
        ("text", ("description", "")),
        ("Наименование_технологии", ("title", "")),
        # Language named behind, in brackets or in front.
        ("제목 (러시아어)", ("title", "ru")),
        ("summary_ko", ("summary", "ko")),
        ("description-en", ("description", "en")),
        ("Название на русском языке", ("title", "ru")),
        ("title, english", ("title", "en")),
        ("영문 기술명", ("title", "en")),
        ("국문제목", ("title", "ko")),
        # Only texts have a language.
        ("trl_ko", ("", "")),
        ("영문 국가", ("", "")),
        # Numbers, stars and remarks of forms.
        ("1. 기술명", ("title", "")),
        ("※ 기술명 *", ("title", "")),
        ("③ 요약:", ("summary", "")),
        ("TRL (1-9)", ("trl", "")),
        ("기술명 / Title", ("title", "")),
        ("Полное наименование предлагаемой разработки", ("title", "")),
        ("the title of our technology", ("title", "")),
        # Two things at once are neither.
        ("기술명 / 보유기관", ("", "")),
        ("price", ("", "")),
        ("", ("", "")),
    ],
)
def test_column_of(header: str, column: tuple[str, str]) -> None:
    assert column_of(header) == column


def test_no_word_means_two_columns() -> None:
    words = [word for names in HEADERS.values() for word in {plain(word) for word in names.split()}]
    assert {word for word in words if words.count(word) > 1} == set()


def test_texts_are_columns_that_we_know() -> None:
    assert set(TEXT_COLUMNS) - HEADERS.keys() == set()


@pytest.mark.parametrize(
    ("word", "language"),
    [("한국어", "ko"), ("RUS.", "ru"), ("en-GB", "en"), ("영문", "en"), ("русском", "ru"), ("de", None), ("", None)],
)
def test_language_of(word: str, language: str | None) -> None:
    assert language_of(word) == language


@pytest.mark.parametrize(
    ("header", "expected"),
    [("연번", True), ("№ п/п", True), ("No", True), ("1. 순번", True), ("#", True), ("관리번호", False), ("", False)],
)
def test_numbers_of_rows_are_told_from_ids(header: str, expected: bool) -> None:
    assert is_counter(header) == expected


def test_surer_heading_is_the_earlier_word_of_the_list() -> None:
    assert rank_of("title") < rank_of("name") < rank_of("기술명") < rank_of("summary")
    assert (rank_of("id"), rank_of("external id"), rank_of("made up")) == (0, 1, 0)


@pytest.mark.parametrize(
    ("header", "guess"),
    [
        ("Titel", "title"),
        ("기술명칭및내역", "title"),
        ("Наименование разработки института", "title"),
        # Nobody but a person says that a text is public.
        ("short summmary", "description"),
        ("연번", ""),
        ("xyzzy", ""),
    ],
)
def test_guesses_are_near_names_but_never_the_public_text(header: str, guess: str) -> None:
    assert guessed_column(header) == guess


def test_words_are_compared_without_blanks_underscores_and_case() -> None:
    assert plain("Technology_ Name\tKO") == "technologynameko"
