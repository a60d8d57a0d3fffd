from decimal import Decimal

import pytest

from projects.forms.programmes import ProgrammeForm
from tests.factories.programme import ProgrammeFactory

pytestmark = pytest.mark.django_db


def form(**typed):
    sent = {"code": "kr-ru-2020", "year": "2020", "name_ko": "한러 기술협력 사업", "budget_krw": "7억 8,000만"}
    return ProgrammeForm(sent | typed)


def test_budget_is_read_in_korean_units():
    made = form()
    assert (made.errors, made.cleaned_data["budget_krw"]) == ({}, Decimal(780_000_000))


@pytest.mark.parametrize(
    ("year", "is_year"), [("1989", False), ("1990", True), ("2100", True), ("2101", False), ("올해", False)]
)
def test_year_is_one_of_the_centres_time(year, is_year):
    assert list(form(year=year).errors) == ([] if is_year else ["year"])


def test_code_is_small_letters_and_given_once():
    ProgrammeFactory(code="kr-ru-2020")
    refused = [list(form(code=code).errors) for code in ("kr-ru-2020", "한 러", "kr-ru-2021")]
    assert refused == [["code"], ["code"], []]
