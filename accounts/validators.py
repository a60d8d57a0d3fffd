"""Checks of numbers that people type."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Weights of the National Tax Service's check digit for business registration numbers.
WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


# Names stand in mails to addresses that nobody has confirmed: no lines and no links of a stranger's making.
validate_person_name = RegexValidator(
    r"[\x00-\x1f\x7f\x85\u2028\u2029@]|://|www\.", inverse_match=True, flags=re.IGNORECASE
)


def normalise_business_number(value: str) -> str:
    """Ten digits as 000-00-00000; anything else comes back stripped, for validation to refuse."""
    digits = re.sub(r"[\s\-‐‑–.]", "", value)
    if re.fullmatch(r"[0-9]{10}", digits):
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
    return value.strip()


def validate_business_number(value: str) -> None:
    digits = value.replace("-", "")
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValidationError(_("Enter the ten digits of the business registration number."), code="format")
    numbers = [int(digit) for digit in digits]
    total = sum(n * w for n, w in zip(numbers, WEIGHTS, strict=False)) + numbers[8] * 5 // 10
    if (10 - total % 10) % 10 != numbers[9] or not any(numbers):
        raise ValidationError(
            _("This business registration number does not exist: check the digits."), code="check_digit"
        )
