import pytest
from django.core.exceptions import ValidationError

from accounts.validators import (
    normalise_business_number,
    validate_business_number,
    validate_name,
    validate_plain_email,
)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("1248100998", "124-81-00998"),
        ("124-81-00998", "124-81-00998"),
        (" 124 81 00998 ", "124-81-00998"),
        ("124‑81‑00998", "124-81-00998"),
        ("12481", "12481"),
        ("abc", "abc"),
    ],
)
def test_normalise_business_number(typed, stored):
    assert normalise_business_number(typed) == stored


@pytest.mark.parametrize(
    ("number", "code"),
    [("124-81-00998", None), ("124-81-00997", "check_digit"), ("000-00-00000", "check_digit"), ("12", "format")],
)
def test_validate_business_number(number, code):
    if code is None:
        validate_business_number(number)
        return
    with pytest.raises(ValidationError) as refusal:
        validate_business_number(number)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["ООО «НПП «Вега»", "㈜가나다.라", "St. Petersburg Univ.", "Ltd.", "주식회사 3.0"])
def test_real_names_are_names(name):
    validate_name(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("win.example/x", "link"),
        ("t.me/x", "link"),
        ("a＠b", "link"),
        ("a\nb", "unseen"),
        ("a\u202eb", "unseen"),
        ("a\u200bb", "unseen"),
        ("a\u2028b", "unseen"),
    ],
)
def test_names_that_lead_somewhere_or_hide_something_are_none(name, code):
    with pytest.raises(ValidationError) as refused:
        validate_name(name)
    assert refused.value.code == code


def test_address_in_quotation_marks_is_refused():
    with pytest.raises(ValidationError):
        validate_plain_email('"Win at t.me, x@y.org,"@example.org')
