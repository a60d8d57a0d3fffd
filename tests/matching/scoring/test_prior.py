"""The sentences mean the same in every language, so they must stand beside each other."""

import pytest

from kr_ru_platform.words.reading.folding import detect_language
from matching.scoring.prior import NEEDS, OFFERS

SIDES = [pytest.param(NEEDS, id="needs"), pytest.param(OFFERS, id="offers")]


@pytest.mark.parametrize("side", SIDES)
def test_every_language_says_as_much(side: dict[str, tuple[str, ...]]) -> None:
    assert {language: len(set(sentences)) for language, sentences in side.items()} == {"ko": 20, "ru": 20, "en": 20}


@pytest.mark.parametrize("side", SIDES)
def test_every_sentence_is_in_its_language(side: dict[str, tuple[str, ...]]) -> None:
    wrong = [s for language, sentences in side.items() for s in sentences if detect_language(s) != language]
    assert wrong == []


def test_no_sentence_is_a_need_and_an_offer() -> None:
    said = [{s for sentences in side.values() for s in sentences} for side in (NEEDS, OFFERS)]
    assert said[0] & said[1] == set()
