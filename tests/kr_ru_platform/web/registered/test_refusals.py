"""Refusals in words: every code has its sentence, with the names that it needs."""

import pytest
from django.utils.translation import override

from accounts.enums import OrganisationRefusal
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.web.registered.refusals import in_words
from matching.enums import TechnologyRefusal

NAMES = {"name": "A", "title": "B", "state": "C", "language": "D"}


@pytest.mark.parametrize("code", [*OrganisationRefusal, *TechnologyRefusal])
def test_every_code_has_its_sentence_in_every_language(code):
    told = set()
    for language in ("en", "ko", "ru"):
        with override(language):
            told.add(in_words(Refusal(code, NAMES)))
    assert len(told) == 3
    assert all(told)
    assert not any("%(" in sentence for sentence in told)


def test_nothing_refused_says_nothing():
    assert in_words(None) == ""
