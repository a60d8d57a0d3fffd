"""Checks of what people type about themselves and their organisation."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.enums import NumberKind
from accounts.numbers import compact, is_valid, written

# Names stand in mails to addresses that nobody has confirmed: no lines and no links of a stranger's making.
validate_person_name = RegexValidator(
    r"[\x00-\x1f\x7f\x85\u2028\u2029@]|://|www\.", inverse_match=True, flags=re.IGNORECASE
)


def normalise_business_number(value: str) -> str:
    """Ten digits as 000-00-00000; anything else comes back stripped, for validation to refuse."""
    digits = compact(value)
    return written(NumberKind.KR_BUSINESS, digits) if re.fullmatch(r"[0-9]{10}", digits) else value.strip()


def validate_business_number(value: str) -> None:
    digits = value.replace("-", "")
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValidationError(_("Enter the ten digits of the business registration number."), code="format")
    if not is_valid(NumberKind.KR_BUSINESS, digits):
        raise ValidationError(
            _("This business registration number does not exist: check the digits."), code="check_digit"
        )
