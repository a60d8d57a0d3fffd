import pytest

from accounts.enums import NumberKind
from accounts.names.numbers import compact, is_valid, kind_named, kinds_of, written


@pytest.mark.parametrize(
    "typed",
    [
        "1248100998",
        "124-81-00998",
        " 124 81 00998 ",
        "１２４－８１－００９９８",
        "124‑81‒00998",
        "124—81−00998",
        "124\u00ad81\u200b00998",
        "124.81.00998",
        "١٢٤٨١٠٠٩٩٨",
    ],
)
def test_compact_reads_a_number_however_it_is_typed(typed):
    assert compact(typed) == "1248100998"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (NumberKind.KR_BUSINESS, "1248100998"),
        (NumberKind.KR_CORPORATE, "1101110062432"),
        (NumberKind.RU_INN, "7707083893"),
        (NumberKind.RU_INN, "500100732259"),
        (NumberKind.RU_OGRN, "1027700132195"),
        (NumberKind.OTHER, "HRB86891"),
    ],
)
def test_is_valid_accepts_a_number_and_refuses_it_with_another_last_digit(kind, value):
    assert is_valid(kind, value)
    if kind != NumberKind.OTHER:
        assert not is_valid(kind, value[:-1] + str((int(value[-1]) + 1) % 10))
        assert not is_valid(kind, value[:-1])
        assert not is_valid(kind, "0" * len(value))


def test_kinds_of_names_every_register_that_the_number_can_be_of():
    assert kinds_of("7707083893") == {NumberKind.RU_INN, NumberKind.KR_BUSINESS}
    assert kinds_of("1248100998") == {NumberKind.KR_BUSINESS}
    assert kinds_of("HRB86891") == {NumberKind.OTHER, NumberKind.EXTERNAL}


def test_written_as_the_register_does():
    assert [written(NumberKind.KR_BUSINESS, "1248100998"), written(NumberKind.KR_CORPORATE, "1101110062432")] == [
        "124-81-00998",
        "110111-0062432",
    ]


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        ("ИНН", "7707083893", "ru_inn"),
        ("инн_разработчика", "7707083893", "ru_inn"),
        ("사업자 등록번호", "7707083893", "kr_business"),
        ("ИНН/ОГРН", "1027700132195", "ru_ogrn"),
        ("법인등록번호", "1101110062432", "kr_corporate"),
        ("tax_id", "7707083893", ""),
        ("инновации", "7707083893", ""),
        ("ИНН", "1248100998", ""),
        ("ИНН / 사업자번호", "7707083893", ""),
    ],
)
def test_kind_is_named_by_words_only_where_the_number_can_be_of_it(words, value, kind):
    assert kind_named(words, value) == kind
