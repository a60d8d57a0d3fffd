from types import SimpleNamespace

import pytest
from django.utils.translation import deactivate_all, override

from kr_ru_platform.words.languages import NATIVE_NAMES, Language, columns_of, in_reader_language, reader_language
from kr_ru_platform.words.reading.folding import LANGUAGES
from matching.scoring.language.notions import LANGUAGES as LANGUAGES_OF_SCORES
from matching.scoring.prior import NEEDS, OFFERS


def test_there_is_one_list_of_languages():
    assert [*LANGUAGES] == Language.values == [code for code, _ in NATIVE_NAMES] == ["ko", "ru", "en"]
    assert LANGUAGES_OF_SCORES is LANGUAGES
    assert {*NEEDS} == {*OFFERS} == {*LANGUAGES}


def test_a_reader_without_a_language_reads_korean():
    with override("ru"):
        assert reader_language() == "ru"
    with override(None):
        deactivate_all()
        assert reader_language() == "ko"


def test_a_field_in_every_language_has_a_column_for_each():
    assert columns_of("name") == {"name_ko": "ko", "name_ru": "ru", "name_en": "en"}


@pytest.mark.parametrize(
    ("reader", "otherwise", "read"),
    [
        ("ru", ("ko",), ("имя", "ru")),
        ("ko", ("ko",), ("", "ko")),
        ("ko", ("ko", "en", "ru"), ("name", "en")),
        ("en", ("ko",), ("name", "en")),
    ],
)
def test_what_is_empty_is_read_in_the_next_language(reader, otherwise, read):
    row = SimpleNamespace(name_ko="", name_ru="имя", name_en="name")
    with override(reader):
        assert in_reader_language(row, "name", otherwise=otherwise) == read
