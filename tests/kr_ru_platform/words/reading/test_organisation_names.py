"""Who is meant by a name, however it is written."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kr_ru_platform.words.reading.organisation_names import fold_name

PIECES = [
    "ООО",
    "АО",
    "주식회사",
    "㈜",
    "(주)",
    "Ltd.",
    "Co.,",
    "«",
    "»",
    "한빛",
    "테크",
    "Вымпел",
    "Alpha",
    "S.p.A.",
    "ВО",
    "ФГБОУ",
    "-",
    "1С",
]
names = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join))


@given(names)
def test_a_name_is_folded_once_and_never_to_nothing(name: str) -> None:
    assert fold_name(fold_name(name)) == fold_name(name)
    assert bool(fold_name(name)) >= any(c.isalnum() for c in name if c not in "\u3164\uffa0\u115f\u1160")


@pytest.mark.parametrize(
    "same",
    [
        (
            "㈜한빛 테크",
            "한빛테크 주식회사",
            "(주) 한빛테크",
            "주식회사한빛테크",
            "한빛테크㈜",
            "주)한빛테크",
            "（주）한빛\u3000테크",
            "[주]한빛테크",
        ),
        ("ООО «Вымпел»", '"Вымпел", ООО', "Общество с ограниченной ответственностью „Вымпел“", "ВЫМПЕЛ", "OOO Вымпел"),
        ("ПАО «Ёлка-2»", "публичное акционерное общество ЕЛКА–2", "елка-2"),
        (
            "ФГБОУ ВО «Институт стали»",
            "федеральное государственное бюджетное образовательное учреждение высшего образования Институт стали",
        ),
        ("Alpha Co., Ltd.", "ALPHA CO LTD", "alpha", "Ａｌｐｈａ Ｌｔｄ"),
        ("Ener S.p.A.", "ENER SpA", "Ener"),
        ("JSC Alpha", "Alpha, Joint-Stock Company", "Alpha"),
        ("재단법인 한국연구원", "(재)한국 연구원", "한국연구원"),
        ("Cтaльпром", "Стальпром"),
        ("О'Нил", "О’Нил"),
        ("株式會社 한빛", "한빛株式会社", "한빛㈜"),
        ("П.А.О. Сталь", "Сталь П. А. О.", "ПАО «Сталь»"),
        ("Muster G.m.b.H.", "Muster GmbH"),
        ("ООО'Вымпел'", "ООО ’Вымпел’", "ООО «Вымпел»"),
    ],
)
def test_these_are_one_organisation(same: tuple[str, ...]) -> None:
    assert {name: fold_name(name) for name in same} == dict.fromkeys(same, fold_name(same[0]))


@pytest.mark.parametrize(
    "different",
    [
        ("НПО Алмаз", "НПП Алмаз"),
        ("НИИ стали", "стали"),
        ("한국대학교", "한국연구원"),
        ("주식회사", "유한회사"),
        ("АО", "ООО"),
    ],
)
def test_these_are_two_organisations(different: tuple[str, str]) -> None:
    assert fold_name(different[0]) != fold_name(different[1])


@pytest.mark.parametrize(
    "hostile", ["주 " * 60_000, "(주" * 60_000, "s." * 60_000, "ооо " * 40_000, "государственное " * 10_000]
)
def test_long_names_are_folded_in_time(hostile: str) -> None:
    begun = time.process_time()
    fold_name(hostile)
    assert time.process_time() - begun < 5
