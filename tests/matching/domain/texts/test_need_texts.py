import pytest

from matching.domain.texts.need_texts import first_sentence, need_language


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("철심이 뜨겁다. 손실이 크다.", "철심이 뜨겁다"),
        ("\n  Нужен провод!  Дешевле.", "Нужен провод!"),
        ("온도 3.5도 이하로 유지해야 한다", "온도 3.5도 이하로 유지해야 한다"),
        ("가 " * 100, "가 " * 58 + "가…"),
        ("", ""),
    ],
)
def test_first_sentence_is_a_title(text, title):
    assert first_sentence(text) == title


def test_need_language_of_nothing_is_korean():
    assert need_language("", " 12 ") == "ko"


def test_need_language_of_korean_with_english_terms_is_korean():
    assert need_language("", "SiC wafer CMP slurry 연마재 공급이 어렵습니다") == "ko"
