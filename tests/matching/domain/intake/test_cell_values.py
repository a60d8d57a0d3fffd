"""One cell → a value of ours, or the code of what is wrong with it."""

from typing import Any

import pytest

from matching.domain.intake.cell_values import (
    CellError,
    ReadValue,
    choice,
    fact,
    is_nothing,
    limited,
    refuse_oddities,
    unquoted,
)
from matching.enums import Field


def refused(call: Any, *arguments: Any, **options: Any) -> str:
    with pytest.raises(CellError) as error:
        call(*arguments, **options)
    return error.value.code


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("country", "대한민국", "KR"),
        ("field", "금속 소재", "metals"),
        ("direction", "러→한", "ru_kr"),
        ("disclosure", "비공개", "nda"),
        ("ipr_status", "патент получен", "granted"),
        ("transfer_modes", "licence; 공동개발 및 장비도입", ["joint_development", "equipment_import", "licence"]),
        ("transfer_modes", "licence, лицензия", ["licence"]),
        ("ipc_codes", "c22c 1/04;\n H01B  12/00, C22C 1/04", ["C22C 1/04", "H01B 12/00"]),
        ("ipc_codes", "A61", ["A61"]),
        ("source_url", "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("source_url", "www.институт.рф/page", "https://www.институт.рф/page"),
    ],
)
def test_facts_as_offices_write_them(column: str, value: str, expected: Any) -> None:
    assert fact(column, value) == ReadValue(expected)


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("6", 6),
        ("TRL 6", 6),
        ("TRL-6", 6),
        ("УГТ 4", 4),
        ("7단계", 7),
        ("기술성숙도 5수준", 5),
        ("6/9", 6),
        ("6 of 9", 6),
        ("5.0", 5),
        ("TRL IV", 4),
        ("8 (시제품)", 8),
        ("'3", 3),
        ("Уровень: 9", 9),
        ("5-й", 5),
        ("5-й уровень", 5),
        ("3-ий уровень", 3),
    ],
)
def test_levels(value: str, level: int) -> None:
    assert fact("trl", value) == ReadValue(level)


@pytest.mark.parametrize(
    ("value", "level", "note"),
    [("4-6", 4, "trl_range"), ("TRL 7 ~ TRL 5", 5, "trl_range"), ("3에서 5까지", 3, "trl_range"), ("5-5", 5, "")],
)
def test_of_two_levels_the_lower_is_believed(value: str, level: int, note: str) -> None:
    assert fact("trl", value) == ReadValue(level, note)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("특허 제10-1234567호 등록", "granted"),
        ("RU 2 654 321 C1", "granted"),
        ("출원 (2026)", "applied"),
        ("특허 출원 2건, 등록 1건", "granted"),
        ("ноу-хау предприятия", "secret"),
    ],
)
def test_protection_told_in_words_is_read_with_a_remark(value: str, status: str) -> None:
    assert fact("ipr_status", value) == ReadValue(status, "ipr_read_as")


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("country", "Atlantis", "unknown_country"),
        ("field", "?", "unknown_field"),
        ("direction", "up", "unknown_direction"),
        ("disclosure", "maybe", "unknown_disclosure"),
        ("ipr_status", "maybe", "unknown_ipr_status"),
        ("transfer_modes", "licence, sale", "unknown_transfer_modes"),
        ("ipc_codes", "C22C 1/04, ??", "wrong_ipc"),
        ("ipc_codes", "I01B", "wrong_ipc"),
        ("trl", "0", "wrong_trl"),
        ("trl", "10", "wrong_trl"),
        ("trl", "5.5", "wrong_trl"),
        ("trl", "ready", "wrong_trl"),
        ("source_url", "javascript:alert(1)", "wrong_url"),
        ("source_url", "ftp://example.org", "wrong_url"),
        ("source_url", "https://example.org/" + "x" * 500, "too_long"),
    ],
)
def test_facts_that_cannot_be_read_say_why(column: str, value: str, code: str) -> None:
    assert refused(fact, column, value) == code


@pytest.mark.parametrize(
    ("value", "kind", "code"),
    [
        ("x", "long", "cell_too_long"),
        ("x", "error", "error_value"),
        ("#REF!", "", "error_value"),
        ("2026-03-01", "date", "date_in_cell"),
        ("기\ufffd술", "", "lost_characters"),
        ("Ð¡Ð¿Ð¾Ñ\u0081Ð¾Ð±", "", "lost_characters"),
    ],
)
@pytest.mark.parametrize("what", [{"is_text": True, "is_id": False}, {"is_text": False, "is_id": False}])
def test_oddities_of_office_programs_are_refused_in_every_column(what: Any, value: str, kind: str, code: str) -> None:
    assert refused(refuse_oddities, value, kind, **what) == code


@pytest.mark.parametrize(
    ("value", "kind", "as_text", "as_id"),
    [
        ("TRUE", "boolean", "boolean_value", "boolean_value"),
        ("истина", "", "boolean_value", ""),
        ("1.2e+15", "", "bare_number", "id_rounded"),
        ("1234567890123456000", "", "bare_number", "id_rounded"),
        ("12", "rounded", "bare_number", "id_rounded"),
        ("12,5", "", "bare_number", ""),
        ("=SUM(A1:A2)", "", "formula_as_text", ""),
        ('="00012"', "", "", ""),
        ("= 5 % более", "", "", ""),
        ("A-12", "", "", ""),
        ("Провод 5 мм", "", "", ""),
    ],
)
def test_what_is_no_text_may_be_an_id_and_the_other_way_round(value: str, kind: str, as_text: str, as_id: str) -> None:
    found = []
    for what in ({"is_text": True, "is_id": False}, {"is_text": False, "is_id": True}):
        try:
            refuse_oddities(value, kind, **what)
            found.append("")
        except CellError as error:
            found.append(error.code)
    assert found == [as_text, as_id]
    refuse_oddities(value, "", is_text=False, is_id=False)


def test_accents_of_european_names_are_no_lost_characters() -> None:
    refuse_oddities("Société «Électricité» – été", "", is_text=True, is_id=False)


@pytest.mark.parametrize(("value", "kept"), [('="00012"', "00012"), ('=""', ""), ("=A1", "=A1"), ("00012", "00012")])
def test_zeros_kept_by_a_formula_are_the_value(value: str, kept: str) -> None:
    assert unquoted(value) == kept


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("-", True),
        (" N/A ", True),
        ("해당없음", True),
        ("해당 없음", True),
        ("해당 사항 없음", True),
        ("не указано", True),
        ("None", True),
        ("0", False),
        ("нет", False),
    ],
)
def test_nothing_is_written_in_many_ways(value: str, expected: bool) -> None:
    assert is_nothing(value) == expected


def test_limit_counts_what_is_left_of_the_markup() -> None:
    assert limited("<b>12345</b>", 5) == "12345"
    assert refused(limited, "123456", 5) == "too_long"


def test_choice_gives_our_code_or_the_error_that_was_asked_for() -> None:
    assert choice(Field, "it", "wrong") is Field("it")
    assert refused(choice, Field, "x", "wrong") == "wrong"
