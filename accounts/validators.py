"""Checks of what people type about themselves and their organisation."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import NumberKind
from accounts.names.numbers import compact, is_valid, written
from kr_ru_platform.words.addresses.calls import has_number_to_call
from kr_ru_platform.words.addresses.links import has_link
from kr_ru_platform.words.addresses.web_addresses import validate_mailbox
from kr_ru_platform.words.lines import UNSEEN
from kr_ru_platform.words.reading.folding import fold_email


def validate_name(value: str) -> None:
    """Names stand in mails to addresses that nobody has confirmed: no lines and no links of a stranger's making."""
    if any(unicodedata.category(sign) in UNSEEN for sign in value):
        raise ValidationError(_("This name has a line break or an invisible character: type it again."), code="unseen")
    if has_link(value):
        raise ValidationError(
            _("A name has no web or e-mail address in it. Leave a blank after each full stop."), code="link"
        )
    if has_number_to_call(value):
        raise ValidationError(_("A name has no telephone number in it."), code="call")


def validate_plain_email(value: str) -> None:
    """The portal writes to it, whoever typed it. Under this name in the migrations."""
    validate_mailbox(fold_email(value))


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
