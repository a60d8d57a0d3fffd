"""Forms of Korean verbs, and the notions that they name."""

import re

import pytest

from matching.scoring.language.korean.verbs import forms_of, read_verbs, verb_lines
from matching.scoring.language.notions import shipped


@pytest.mark.parametrize(
    ("dictionary", "connective", "forms", "no_forms"),
    [
        ("입히다", "입혀", ("입히는", "입히고", "입혀서", "입힌", "입힐", "입힙니다", "입히면"), ("입히은", "입히다")),
        ("깎다", "깎아", ("깎는", "깎으면", "깎은", "깎을", "깎아서", "깎습니다"), ("깎면", "깎")),
        ("굽다", "구워", ("굽는", "구우면", "구운", "구울", "구워야", "굽습니다"), ("굽은", "굽으면")),
        ("접다", "접어", ("접는", "접으면", "접은", "접어서"), ("저우면", "저운")),
        ("젓다", "저어", ("젓는", "저으면", "저은", "저어서"), ("젓은", "젓으면")),
        ("자르다", "잘라", ("자르는", "자르면", "자른", "자를", "잘라서", "자릅니다"), ("자르은", "잘르")),
        ("녹슬다", "녹슬어", ("녹스는", "녹슬고", "녹슬면", "녹슨", "녹슬어서", "녹습니다"), ("녹슬는",)),
        ("닳다", "닳아", ("닳았", "닳는", "닳아서"), ("닳다",)),
        ("*녹다", "녹아", ("녹아", "녹아서"), ("녹을", "녹은", "녹는")),
        ("꿰매다", "꿰매", ("꿰매는", "꿰맨", "꿰매서", "꿰맵니다"), ("꿰매은",)),
    ],
)
def test_verb_has_its_forms_and_no_others(
    dictionary: str, connective: str, forms: tuple[str, ...], no_forms: tuple[str, ...]
) -> None:
    found = forms_of(dictionary, connective)
    assert [form for form in forms if form not in found] == []
    assert [form for form in no_forms if form in found] == []
    assert min(map(len, found)) == 2


def test_first_verb_of_a_form_has_it() -> None:
    verbs = read_verbs(["입히다\t입혀\tcoating", "덧입다\t입혀\tclothing"])
    assert (verbs["입혀서"], verbs["덧입고"]) == (("coating",), ("clothing",))


def test_line_without_its_three_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="not a verb, its connective form and notions: '입히다"):
        read_verbs(["입히다\tcoating"])


def test_every_shipped_verb_names_notions_of_the_list_and_comes_once() -> None:
    cells = [line.split("\t") for line in verb_lines()]
    assert {key.strip() for _, _, keys in cells for key in keys.split("|")} <= shipped().by_key.keys()
    assert len({verb for verb, _, _ in cells}) == len(cells)
    assert [verb for verb, connective, _ in cells if not re.fullmatch(r"\*?[가-힣]+다", verb) or not connective] == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("날을 얇게 입혀서 오래 쓰는 방법", "coating"),
        ("이물질이 들러붙어 자꾸 막힙니다", "clogging"),
        ("배관이 녹슬어 구멍이 나는 문제", "corrosion"),
        ("날이 언제 닳았는지 모릅니다", "wear"),
    ],
)
def test_sentence_names_a_notion_by_its_verb(text: str, key: str) -> None:
    assert key in shipped().keys(text)


def test_verb_stands_where_its_word_begins() -> None:
    """거칠거칠하다 is rough and not painted, 칠하다."""
    assert "paint" not in shipped().keys("표면이 거칠거칠하고 두껍습니다")
