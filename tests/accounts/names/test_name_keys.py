import pytest

from accounts.names.name_keys import core_key, name_keys, whole_key


@pytest.mark.parametrize(
    "names",
    [
        [
            "㈜한결정밀소재",
            "(주)한결정밀소재",
            "（주） 한결 정밀소재",
            "주식회사 한결정밀소재",
            "한결정밀소재㈜",
            "주식회사한결정밀소재",
        ],
        ["ООО «Сплав»", 'ООО "СПЛАВ"', "OOO Сплав", "Общество с ограниченной ответственностью «Сплав»", "ООО Cплaв"],
        ["Федеральное государственное бюджетное учреждение науки Институт мёда", "ФГБУН Институт меда"],
        ["Precision Alloys Co., Ltd.", "PRECISION  ALLOYS CO LTD", "Precision Alloys Company Limited"],
        ["НИИ‑Маш", "НИИ-Маш", "НИИ–Маш", "Н\u00adИИ-Маш"],
    ],
)
def test_whole_key_is_one_for_all_ways_to_write_a_name(names):
    assert len({whole_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("ООО «Сплав»", "АО «Сплав»"), ("㈜한결", "유한회사 한결"), ("Сплав", "ООО Сплав")]
)
def test_whole_key_tells_legal_forms_apart_and_core_key_does_not(one, other):
    assert whole_key(one) != whole_key(other)
    assert core_key(one) == core_key(other)


@pytest.mark.parametrize("name", ["", "  ", "«»", "—"])
def test_name_keys_of_a_name_without_letters_are_none(name):
    assert name_keys(name) == []


def test_name_keys_of_a_bare_legal_form_find_no_company_of_that_form():
    assert not set(name_keys("ООО", "주식회사")) & set(name_keys("ООО Сплав", "㈜한결"))
