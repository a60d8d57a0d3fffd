"""A need said again by the names of its notions in other languages."""

from matching.scoring.language.pseudo_translation import PseudoTranslation, pseudo_translations

NEED = "주물 표면의 기포를 줄이는 도금 기술"


def test_need_is_said_in_each_other_language_by_the_usual_names_of_its_notions_in_the_order_of_the_text() -> None:
    found = {each.language: each for each in pseudo_translations(NEED, "ko")}
    assert sorted(found) == ["en", "ru"]
    names = found["en"].names
    assert names.split(", ").index("casting") < names.split(", ").index("electroplating")
    assert found["en"] == PseudoTranslation("en", names, f"{NEED}\n{names}")


def test_text_that_names_fewer_than_two_notions_is_not_said_again() -> None:
    assert pseudo_translations("도금이 좋습니다", "ko") == []
    assert pseudo_translations("", "ko") == []


def test_russian_need_is_said_in_korean_and_english() -> None:
    assert [each.language for each in pseudo_translations("Гальваника и литьё", "ru")] == ["ko", "en"]
