import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from projects.models import Programme
from tests.constraints import constraint_against
from tests.factories.programme import ProgrammeFactory

pytestmark = pytest.mark.django_db


def test_negative_budget_is_rejected():
    assert constraint_against(ProgrammeFactory, budget_krw=-1) == "programme_budget_is_not_negative"
    ProgrammeFactory(budget_krw=0)


def test_code_is_given_once():
    ProgrammeFactory(code="line-1")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeFactory(code="line-1")


def test_name_is_in_the_readers_language_else_in_korean():
    row, bare = Programme(name_ko="사업", name_ru="Программа", name_en=""), Programme(name_ko="사업")
    found = {}
    for language in ("ko", "ru", "en"):
        with translation.override(language):
            found[language] = (str(row), row.name_language, str(bare), bare.name_language)
    assert found == {
        "ko": ("사업", "ko", "사업", "ko"),
        "ru": ("Программа", "ru", "사업", "ko"),
        "en": ("사업", "ko", "사업", "ko"),
    }
