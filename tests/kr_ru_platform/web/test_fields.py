from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from kr_ru_platform.web.fields import DateField, RevisionField, WonField


def test_won_field_reads_korean_units():
    assert WonField().clean(" 1억 2,000만 ") == Decimal(120_000_000)
    assert WonField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["66만불", "1" * 41, "\x00불"])
def test_won_field_refuses_what_is_not_an_amount(typed):
    with pytest.raises(ValidationError) as refused:
        WonField().clean(typed)
    assert refused.value.code == "amount"


def test_won_field_refuses_what_the_database_cannot_hold():
    with pytest.raises(ValidationError) as refused:
        WonField().clean("1000조")
    assert refused.value.code == "too_large"


def test_date_field_takes_days_of_our_own_time():
    assert DateField().clean("2019-06-21") == date(2019, 6, 21)
    for day in ("1989-12-31", "2101-01-01", "9999-12-31"):
        with pytest.raises(ValidationError):
            DateField().clean(day)


def test_revision_field_travels_along_unseen_and_stands_for_no_row_where_it_was_left_out():
    assert (RevisionField().clean("3"), RevisionField().widget.is_hidden) == (3, True)
    assert [RevisionField().clean(sent) for sent in (None, "", "x", "1.5")] == [RevisionField.NOT_SENT] * 4
