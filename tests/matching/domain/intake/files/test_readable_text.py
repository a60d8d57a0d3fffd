"""The right way to read bytes looks more like a text than every wrong one."""

import pytest

from matching.domain.intake.files.encodings import OLD
from matching.domain.intake.files.readable_text import plausibility

KOREAN = "변압기 철심에서 열이 많이 나는 문제를 해결하는 비정질 합금 기술을 개발하였다."
RUSSIAN = "Получение аморфных проводов из расплава быстрым охлаждением, потери ниже в три раза."
CHINESE = "这种新的焊接方法可以提高生产速度和产品质量"
JAPANESE = "アルミニウムの溶接方法について"
FRENCH = "A long English sentence about the new method of the Société Générale d'Électricité, and nothing else at all."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(KOREAN, "cp949"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (RUSSIAN, "cp866")],
)
def test_korean_and_russian_are_surest_as_they_were_written(text: str, encoding: str) -> None:
    values = {}
    for other in OLD:
        try:
            values[other] = plausibility(text.encode(encoding).decode(other), other)
        except UnicodeError:
            continue
    assert max(values, key=values.__getitem__) == encoding
    assert values.pop(encoding) > 0.45 > max(values.values(), default=0)


@pytest.mark.parametrize(
    ("text", "encoding"), [(CHINESE, "gbk"), (CHINESE, "big5"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp")]
)
def test_neighbours_are_possible(text: str, encoding: str) -> None:
    assert plausibility(text, encoding) > 0.2


@pytest.mark.parametrize("encoding", OLD)
def test_english_letters_and_office_signs_say_nothing(encoding: str) -> None:
    assert plausibility("Title, 25 °C ± 1 – «x» № 5", encoding) == 0.0


def test_every_letter_of_a_rare_text_is_at_least_of_the_script() -> None:
    assert plausibility("뷁쀍", "cp949") == 0.25
    assert plausibility("뷁쀍é", "cp949") == 0.0


def test_words_that_change_case_or_alphabet_inside_count_against_russian() -> None:
    assert plausibility("оеаи", "cp1251") == 1.0
    assert plausibility("оеАи", "cp1251") == 0.5
    assert plausibility("oоеаи", "cp1251") == 0.5
    assert plausibility("оЕаИнТ", "cp1251") == 0.0


def test_letters_that_are_not_common_count_less() -> None:
    assert plausibility("оеыъ", "cp1251") == 0.5


def test_accents_are_believed_only_among_many_english_letters() -> None:
    assert plausibility(FRENCH, "cp1252") == 0.4
    assert plausibility("éé ab", "cp1252") == 0.0
    # Half of what is not English is no letter with an accent.
    assert plausibility("x" * 40 + "éÐ\u0192\u0192", "cp1252") == 0.2
