"""What looks like something else is remarked; nothing is stopped."""

import pytest

from matching.domain.intake.import_rows import ParsedRow, RowError
from matching.domain.intake.row_look_alikes import LookAlikes
from tests.factories.technology import TechnologyFactory


def row(number: int, external_id: str = "", title: str = "", language: str = "ru") -> ParsedRow:
    texts = {language: {"title": title}} if title else {}
    return ParsedRow(number, external_id, source_language=language, texts=texts)  # type: ignore[arg-type]


def notes(*rows: ParsedRow) -> list[RowError]:
    return [note for one in rows for note in one.notes]


def test_ids_of_a_file_that_differ_by_case_or_dash_are_remarked_once_each() -> None:
    rows = [row(2, "A-1"), row(3, "a–1"), row(4, "A-2"), row(5, "a-1")]
    LookAlikes().note_rows(rows)
    assert notes(*rows) == [
        RowError(3, "external_id", "looks_like_id_in_file", "2"),
        RowError(5, "external_id", "looks_like_id_in_file", "2"),
    ]


def test_same_id_twice_is_an_error_already_and_a_stored_one_is_meant() -> None:
    twice, stored = row(3, "A-1"), row(4, "a-1")
    twice.errors.append(RowError(3, "external_id", "duplicate_id", "A-1"))
    LookAlikes().note_rows([row(2, "A-1"), twice, stored], {"a-1"})
    assert notes(twice, stored) == []


def test_equal_titles_of_a_file_are_remarked_unless_the_technology_is_there() -> None:
    rows = [row(2, "1", "Аморфный провод"), row(3, "2", "аморфный  ПРОВОД"), row(4, "3", "Аморфный провод")]
    LookAlikes().note_rows(rows, {"3"})
    assert notes(*rows) == [RowError(3, "title", "looks_like_row", "2: аморфный  ПРОВОД")]


def test_remark_stands_at_the_column_of_the_file() -> None:
    first, second = row(2, "1", "Провод"), row(3, "2", "Провод")
    second.headers = {("title", "ru"): "Название"}
    second.id_column = "Код"
    LookAlikes().note_rows([first, second])
    assert notes(second) == [RowError(3, "Название", "looks_like_row", "2: Провод")]


def test_rows_of_earlier_batches_are_remembered() -> None:
    look_alikes, later = LookAlikes(), row(900, "a-1")
    look_alikes.note_rows([row(2, "A-1")])
    look_alikes.note_rows([later])
    assert notes(later) == [RowError(900, "external_id", "looks_like_id_in_file", "2")]


@pytest.mark.django_db
def test_new_rows_are_compared_with_what_is_there() -> None:
    there = TechnologyFactory(external_id="A-1", text__title="Аморфный провод")
    rows = [row(2, "a–1", "Сорбент никеля"), row(3, "", "АМОРФНЫЙ ПРОВОД"), row(4, "A-1", "Аморфный провод")]
    LookAlikes().note_stored(rows, {"A-1": there}, by_meaning=False)
    assert notes(*rows) == [
        RowError(2, "external_id", "looks_like_id", "A-1"),
        RowError(3, "title", "looks_like_technology", "АМОРФНЫЙ ПРОВОД A-1"),
    ]


@pytest.mark.django_db
def test_only_so_many_rows_are_compared_by_meaning_and_none_that_was_found() -> None:
    TechnologyFactory(text__title="Аморфный провод")
    look_alikes = LookAlikes(left_by_meaning=2)
    look_alikes.note_stored([row(2, "", "Аморфный провод"), row(3)], {}, by_meaning=True)
    assert look_alikes.left_by_meaning == 1
    look_alikes.note_stored([row(4)], {}, by_meaning=False)
    assert look_alikes.left_by_meaning == 1
    look_alikes.note_stored([row(5), row(6), row(7)], {}, by_meaning=True)
    assert look_alikes.left_by_meaning == 0
