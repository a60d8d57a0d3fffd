"""Objects of JSON Lines: what they name is read, what cannot be read says why."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import MAX_CELL, SourceRow
from matching.domain.intake.files.jsonl_files import flattened_text, read_jsonl


@pytest.fixture
def read(tmp_path: Path):
    def run(text: str) -> list[SourceRow]:
        path = tmp_path / "a.jsonl"
        path.write_text(text, encoding="utf-8")
        return list(read_jsonl(path, "utf-8"))

    return run


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ({"id": "a", "n": None, "trl": 4}, {"id": "a", "n": "", "trl": "4"}),
        ({"tags": ["x", None, "y"]}, {"tags": "x, y"}),
        ({"tags": [], "more": {}}, {"tags": "", "more": ""}),
        ({"title": {"ko": "가", "ru": "Да"}}, {"title_ko": "가", "title_ru": "Да"}),
        ({"texts": {"ru": {"title": "Да", "summary": "Вот"}}}, {"title_ru": "Да", "summary_ru": "Вот"}),
        ({"texts": [{"language": "ko", "title": "가"}, {"lang": "en", "title": "Yes"}]}, "list of texts"),
        ({"id": "1", "language": "ko", "title": "가"}, {"id": "1", "language": "ko", "title": "가"}),
        ({"holder": {"name": "Institute", "id": "7", "inn": "77", "country": "RU"}}, "holder"),
        ({"holder": {"name": {"ru": "Институт", "en": "Institute"}}}, {"holder": "Институт"}),
        ({"holder": {"phone": "1"}}, {"holder.phone": "1"}),
        ({"trl": {"level": 6}}, {"trl": "6"}),
        ({"trl": {"level": 6, "remark": "x"}}, {"trl": "6", "trl.remark": "x"}),
        ({"extra": {"price": 5}}, {"extra.price": "5"}),
    ],
)
def test_objects_are_read_by_what_they_name(read, data: dict[str, Any], values: Any) -> None:
    known = {
        "list of texts": {"title_ko": "가", "title_en": "Yes"},
        "holder": {"holder": "Institute", "holder_id": "7", "inn": "77", "country": "RU"},
    }
    assert read(json.dumps(data)) == [SourceRow(1, known.get(values, values) if isinstance(values, str) else values)]


def test_numbers_stay_as_they_are_written(read) -> None:
    assert read('{"id": 1e5, "trl": 10.50, "n": 00012}\n{"id": 1e5, "trl": 10.50, "n": 12}\n') == [
        SourceRow(1, {}, "not_json"),
        SourceRow(2, {"id": "1e5", "trl": "10.50", "n": "12"}),
    ]


def test_truths_errors_and_cells_over_the_limit_are_marked(read) -> None:
    assert read(json.dumps({"id": True, "trl": "#N/A", "title": "x" * (MAX_CELL + 1), "text": "x" * MAX_CELL})) == [
        SourceRow(
            1,
            {"id": "True", "trl": "#N/A", "title": "", "text": "x" * MAX_CELL},
            kinds={"id": "boolean", "trl": "error", "title": "long"},
        )
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{broken", "not_json"),
        ('{"id": "a"} {"id": "b"}', "not_json"),
        ("[1]", "not_an_object"),
        ('"text"', "not_an_object"),
        ('{"id": "a", "id": "b"}', "double_header"),
        ("{" + '"a": {' * 7 + '"b": 1' + "}" * 8, "not_json"),
    ],
)
def test_bad_lines_are_broken_rows_of_their_number(read, line: str, code: str) -> None:
    assert read('{"id": "a"}\n\n' + line + "\n") == [SourceRow(1, {"id": "a"}), SourceRow(3, {}, code)]


def test_name_that_stands_twice_with_one_value_loses_nothing(read) -> None:
    assert read('{"id": "a", "id": "a"}') == [SourceRow(1, {"id": "a"})]


def test_file_that_does_not_begin_with_an_object_is_no_jsonl(read) -> None:
    with pytest.raises(ImportFileError, match="not_jsonl"):
        read("\nid,title\n")
    assert read('\ufeff{"id": "a"}') == [SourceRow(1, {"id": "a"})]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", {"": "plain"}),
        ("{", {"": "{"}),
        ("{not json}", {"": "{not json}"}),
        ('{"ko": "가", "ru": "Да"}', {"ko": "가", "ru": "Да"}),
        ('{"name": "Institute", "code": "7"}', {"": "Institute"}),
        ('{"ko": "가", "value": "x"}', {"": "x"}),
        ('["a", "b"]', {"": "a, b"}),
        ("[1, 2]", None),
        ('{"ko": 1}', None),
        ('{"price": "5"}', None),
        ("{}", None),
    ],
)
def test_object_written_into_a_cell(value: str, text: dict[str, str] | None) -> None:
    assert flattened_text(value) == text
