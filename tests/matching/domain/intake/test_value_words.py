"""Each word of the lists means one code, and codes and labels are always understood."""

from typing import Any

import pytest
from django.utils import translation

from kr_ru_platform.words.languages import Language
from matching.domain.intake.files.headings import plain
from matching.domain.intake.value_words import VALUES, choice_of
from matching.enums import DisclosureLevel, IprStatus, TransferMode

ENUMS = [pytest.param(enum, id=enum.__name__) for enum in VALUES]


@pytest.mark.parametrize("enum", ENUMS)
def test_codes_and_labels_in_every_language_are_understood(enum: Any) -> None:
    missed = []
    for language in Language.values:
        with translation.override(language):
            missed += [str(choice.label) for choice in enum if choice_of(enum, str(choice.label)) != choice]
    assert missed + [choice for choice in enum.values if choice_of(enum, choice.upper()) != choice] == []


@pytest.mark.parametrize("enum", ENUMS)
def test_words_are_of_codes_that_exist_and_mean_one_of_them(enum: Any) -> None:
    words = VALUES[enum]
    assert set(words) - set(enum.values) == set()
    said = [(plain(word), code) for code, names in words.items() for word in names.split()]
    assert {word: choice_of(enum, word) for word, _ in said} == dict(said)


@pytest.mark.parametrize(
    ("enum", "word", "code"),
    [
        (TransferMode, "Лицензионный договор", "licence"),
        (TransferMode, "공동 연구 개발", "joint_development"),
        (IprStatus, "특허  등록", "granted"),
        (IprStatus, "ДА", "granted"),
        (TransferMode, "sale", None),
        (TransferMode, "", None),
    ],
)
def test_words_are_compared_without_case_and_blanks(enum: Any, word: str, code: str | None) -> None:
    assert choice_of(enum, word) == code


@pytest.mark.parametrize("word", ["비공개", "대외비", "confidential", "ДСП", "closed", "закрыто"])
def test_whatever_is_not_for_everybody_is_most_protected(word: str) -> None:
    assert choice_of(DisclosureLevel, word) == DisclosureLevel.NDA
