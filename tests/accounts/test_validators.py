import pytest
from django.core.exceptions import ValidationError

from accounts.validators import normalise_business_number, validate_business_number


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
