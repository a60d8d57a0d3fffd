"""Which row is the header, and the rows below it under the names of its columns."""

from collections.abc import Iterator

import pytest

from matching.domain.intake.files.encodings import ImportFileError
from matching.domain.intake.files.header_rows import (
    ERROR_VALUE,
    HeaderRow,
    RawRow,
    ReadingChoices,
    SourceRow,
    clean_cell,
    columns_of,
    header_index,
    letters,
    source_rows,
    table_of,
)

AUTOMATIC = ReadingChoices()


def raw(*rows: list[str], first: int = 1) -> Iterator[RawRow]:
    return iter([RawRow(number, cells) for number, cells in enumerate(rows, start=first)])


def table(*rows: list[str], reading: ReadingChoices = AUTOMATIC) -> tuple[int, list[str], list[list[str]]]:
    header, rest = table_of(raw(*rows), reading)
    return header.row, header.names, [row.cells for row in rest]


def code_of(*rows: list[str], reading: ReadingChoices = AUTOMATIC) -> tuple[str, str]:
    with pytest.raises(ImportFileError) as refused:
        table(*rows, reading=reading)
    return refused.value.code, refused.value.detail


def test_header_is_the_first_row_with_two_names_that_we_know() -> None:
    assert table(["2026 기술목록"], ["", ""], ["제목", "비고"], ["id", "제목"], ["1", "가"]) == (
        4,
        ["id", "제목"],
        [["1", "가"]],
    )


def test_one_known_name_will_do_where_no_row_has_two() -> None:
    assert table(["list"], ["제목", "비고"], ["가", "나"]) == (2, ["제목", "비고"], [["가", "나"]])


def test_without_a_known_name_it_is_the_first_row_with_words() -> None:
    assert table(["1", "2"], ["word", "3"], ["one", "two"], ["1", "2"]) == (3, ["one", "two"], [["1", "2"]])
    assert table(["1", "2"], ["word", "3"], ["4", "5"]) == (2, ["word", "3"], [["4", "5"]])


def test_name_that_a_person_explained_counts_as_known() -> None:
    rows = [["alpha", "beta"], ["gamma", "delta"], ["1", "2"]]
    assert header_index(rows, {"gamma": "title"}) == 1
    assert header_index(rows, {}) == 0


def test_rows_without_words_have_no_header() -> None:
    assert code_of(["1", "2"], ["3"]) == ("no_header", "")
    assert code_of() == ("no_header", "")


def test_row_that_a_person_chose_is_the_header() -> None:
    rows = [["id", "제목"], ["alpha", "beta"], ["1", "2"]]
    assert table(*rows, reading=ReadingChoices(header_row=2)) == (2, ["alpha", "beta"], [["1", "2"]])
    assert code_of(*rows, reading=ReadingChoices(header_row=9)) == ("no_header", "")
    assert code_of([""], ["a"], reading=ReadingChoices(header_row=1)) == ("no_header", "")


def test_columns_without_a_name_go_by_their_letter_and_those_at_the_end_are_none() -> None:
    assert table(["id", "", "제목", ""], ["1", "2", "3"])[1] == ["id", "[B]", "제목"]


def test_name_that_stands_twice_is_refused_where_it_matters_and_numbered_where_it_does_not() -> None:
    assert code_of(["제목", "id", "제목"], ["1", "2", "3"]) == ("double_header", "제목")
    assert table(["id", "비고", "비고"], ["1", "2", "3"])[1] == ["id", "비고", "비고 (2)"]


def test_more_columns_than_anybody_needs_are_refused() -> None:
    assert len(table(["id", "제목", *map(str, range(98))], ["1"])[1]) == 100
    assert code_of(["id", "제목", *map(str, range(99))], ["1"]) == ("too_many_columns", "100")


def test_long_names_are_cut_and_blanks_folded() -> None:
    assert table(["제목", "id", "very  long\nname " + "x" * 200], ["1"])[1] == [
        "제목",
        "id",
        "very long name " + "x" * 85,
    ]


def test_languages_in_a_second_row_belong_to_the_name_above() -> None:
    assert table(["ID", "제목", "", "요약", ""], ["", "국문", "영문", "국문", "영문"], ["1", "a", "b", "c", "d"]) == (
        2,
        ["ID", "제목 (국문)", "제목 (영문)", "요약 (국문)", "요약 (영문)"],
        [["1", "a", "b", "c", "d"]],
    )


def test_names_under_the_names_of_groups_are_the_columns() -> None:
    assert table(["관리번호", "기술명", "", "보유기관"], ["", "제목", "요약", "기관명"], ["1", "a", "b", "c"]) == (
        2,
        ["관리번호", "제목", "요약", "기관명"],
        [["1", "a", "b", "c"]],
    )


def test_first_row_of_values_is_no_second_header() -> None:
    assert table(["id", "언어"], ["1", "ko"]) == (1, ["id", "언어"], [["1", "ko"]])


def test_header_alone_has_no_rows() -> None:
    assert table(["id", "제목"]) == (1, ["id", "제목"], [])


def sources(*rows: RawRow) -> list[SourceRow]:
    return list(source_rows(HeaderRow(1, ["id", "[B]", "제목"]), rows))


def test_rows_come_by_the_names_of_their_columns() -> None:
    assert sources(
        RawRow(2, ["1", "", "가"], {2: "error", 7: "date"}),
        RawRow(3, ["2", "x"]),
        RawRow(4, ["", "", "나", ""]),
    ) == [
        SourceRow(2, {"id": "1", "제목": "가"}, "", {"제목": "error"}),
        SourceRow(3, {"id": "2", "[B]": "x"}),
        SourceRow(4, {"id": "", "제목": "나"}),
    ]


def test_empty_rows_and_the_header_again_are_passed_over() -> None:
    assert sources(RawRow(2, []), RawRow(3, ["", "", ""]), RawRow(4, ["id", "[B]", "제목"])) == []


def test_broken_rows_and_those_with_too_many_cells_say_so() -> None:
    assert sources(RawRow(2, ["x"], broken="broken_csv"), RawRow(3, ["1", "", "", "", "y"])) == [
        SourceRow(2, {}, "broken_csv"),
        SourceRow(3, {"id": "1", "제목": ""}, "too_many_cells"),
    ]


def test_of_two_headings_for_one_column_the_surer_is_taken() -> None:
    header = HeaderRow(1, ["기술명", "title", "연번"])
    assert columns_of(header, AUTOMATIC) == {"기술명": ("", ""), "title": ("title", ""), "연번": ("", "")}


def test_what_a_person_said_goes_before_what_the_heading_says() -> None:
    header = HeaderRow(1, ["title", "alpha", "요약"])
    reading = ReadingChoices(columns={"alpha": "title", "요약": ""})
    assert columns_of(header, reading) == {"title": ("", ""), "alpha": ("title", ""), "요약": ("", "")}


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_letters_of_columns(index: int, name: str) -> None:
    assert letters(index) == name


@pytest.mark.parametrize("value", ["#N/A", "#Н/Д", "#이름?", "####", "#ref!", "Err:502"])
def test_errors_of_office_programs(value: str) -> None:
    assert ERROR_VALUE.fullmatch(value)


@pytest.mark.parametrize("value", ["#1", "##", "N/A", "Err: 502", "#N/A 2"])
def test_what_only_looks_like_an_error(value: str) -> None:
    assert not ERROR_VALUE.fullmatch(value)


def test_cells_are_cleaned_of_what_nobody_sees() -> None:
    assert clean_cell(" \u200b가\u00ad나\ufeff \n") == "가나"
    assert clean_cell("\u1100\u1161") == "가"
