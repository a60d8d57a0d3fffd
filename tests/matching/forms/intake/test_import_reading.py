"""How a file is to be read: what is asked depends on what was found in it."""

from typing import Any

from django.utils import translation

from matching.domain.intake.files.row_streams import ReadingChoices
from matching.forms.intake.import_reading import MOST_COLUMNS, ColumnNames, ImportReadingForm, target_choices


def column(name: str, target: str = "", guess: str = "") -> dict[str, Any]:
    return {"name": name, "target": target, "guess": guess}


BOOK = {
    "sheets": ["첫째", "둘째"],
    "sheet": "둘째",
    "header_row": 2,
    "columns": [column("가나", guess="title"), column("다라", target="summary", guess="description")],
}
TABLE = {"encoding": "", "possible": ["gbk", "cp949"], "header_row": 1, "columns": [column("가나")]}


def test_book_is_asked_for_its_sheet_and_text_for_its_encoding():
    forms = [ImportReadingForm(layout=layout) for layout in (BOOK, TABLE)]
    assert [[(field.name, field.initial) for field in form.place_fields()] for form in forms] == [
        [("sheet", "둘째"), ("header_row", 2)],
        [("header_row", 1), ("encoding", "gbk")],
    ]


def test_possible_encodings_are_offered_first_and_once():
    offered = [value for value, _label in ImportReadingForm(layout=TABLE).fields["encoding"].choices]
    assert (offered[:2], len(offered) - len(set(offered)), "utf-8-sig" in offered) == (["gbk", "cp949"], 0, True)


def test_column_stands_as_it_was_set_or_as_it_is_guessed():
    rows = ImportReadingForm(layout=BOOK).column_rows()
    assert [(row["name"], row["field"].name, row["field"].initial) for row in rows] == [
        ("가나", "column_0", "title"),
        ("다라", "column_1", "summary"),
    ]


def test_no_more_columns_are_asked_about_than_a_page_holds():
    layout = {"columns": [column(str(number)) for number in range(MOST_COLUMNS + 1)]}
    assert len(ImportReadingForm(layout=layout).column_rows()) == MOST_COLUMNS


def test_meaning_is_given_to_one_column_and_nothing_to_many():
    layout = {"columns": [column("가"), column("나"), column("다"), column("라")]}
    typed = {"column_0": "title", "column_1": "title", "column_2": "", "column_3": ""}
    with translation.override("en"):
        assert ImportReadingForm(typed | {"expected_revision": "1"}, layout=layout).errors == {
            "column_1": ["“가” is already used for this."]
        }


def test_columns_are_told_with_the_place_where_they_were_seen():
    same = {"sheet": "둘째", "header_row": "2", "column_0": "title", "column_1": ""}
    readings = []
    for typed in (same, same | {"sheet": "첫째"}, same | {"header_row": ""}):
        form = ImportReadingForm(typed | {"expected_revision": "1"}, layout=BOOK)
        assert form.is_valid()
        readings.append(form.reading())
    assert readings == [
        ReadingChoices("둘째", 2, "", {"가나": "title", "다라": ""}),
        ReadingChoices("첫째", 2, "", {}),
        ReadingChoices("둘째", 0, "", {}),
    ]


def test_texts_are_offered_in_every_language_and_their_origin_once():
    offered = [value for value, _label in target_choices()]
    assert offered[0] == ""
    assert [value for value in offered if value.startswith(("title", "provenance", "trl"))] == [
        "title",
        "title_ko",
        "title_ru",
        "title_en",
        "provenance",
        "trl",
    ]


def test_column_is_said_as_the_file_names_it_or_in_words():
    with translation.override("en"):
        names = ColumnNames({"columns": [column("external_id"), column("가나")]})
        asked = (("가나", 3), ("external_id", 3), ("external_id", 0), ("language", 3), ("x", 0))
        said = [names.said(name, row=row) for name, row in asked]
    assert said == ["가나", "external_id", "external id", "language of the text", "x"]
