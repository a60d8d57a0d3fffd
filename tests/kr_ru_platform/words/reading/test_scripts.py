"""The language of a text by its words, not by its terms."""

import time

import pytest

from kr_ru_platform.words.reading.scripts import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("TiAlN multilayer 공정 개발", "ko"),
        ("CNC 선반용 EMS 모듈", "ko"),
        ("CFD 해석 기반 LNG 밸브 설계", "ko"),
        ("HiPIMS magnetron sputtering multilayer coating 공정", "ko"),
        ("러시아 ОАО Вымпел 레이저 기술", "ko"),
        ("Deep Learning of Things 기반 시스템 개발", "ko"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "ko"),
        ("Установка PVD с магнетроном HiPIMS", "ru"),
        ("Метод CFD", "ru"),
        ("Сплав Ti-6Al-4V, ГОСТ 19807", "ru"),
        ("Покрытие TiAlN CrN multilayer magnetron", "ru"),
        ("Корейская компания 삼성전자 производит датчики", "ru"),
        ("Laser welding of steel (한국과학기술원)", "en"),
        ("한국과학기술원 Report on the use of lasers in the industry and for new tools", "en"),
        ("Titanium alloy for 5G antennas", "en"),
        ("LASER WELDING OF STEEL", "en"),
        ("(лазер)", "ru"),
        ("12 345, 67 %", None),
        ("😀🚀", None),
        ("技術移転の仕組み", None),
        ("", None),
    ],
)
def test_a_language_is_told_by_its_words(text: str, language: str | None) -> None:
    assert detect_language(text) == language
    assert detect_language(text, "ko") == (language or "ko")


@pytest.mark.parametrize(("text", "script"), [("TiAlN", "en"), ("HiPIMS, PVD; 316L", "en"), ("12Х18Н10Т", "ru")])
def test_of_a_formula_the_caller_knows_more(text: str, script: str) -> None:
    assert [detect_language(text, default) for default in ("ko", "ru", None)] == ["ko", "ru", script]


def test_a_long_text_is_told_in_time() -> None:
    begun = time.process_time()
    for text in ("a" * 300_000, "(" * 300_000, "a1" * 100_000, "[(" * 100_000):
        detect_language(text)
    assert time.process_time() - begun < 2
