"""Stored values as a person reads them: in histories and where two versions meet."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

NOTHING = "–"


def shown_value(column: "Field[Any, Any]", value: Any) -> str:
    """Rows behind keys are named by the caller."""
    if value in (None, "", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        labels = dict(getattr(column, "base_field", column).flatchoices)
        return ", ".join(str(labels.get(item, item)) for item in value)
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal):
        decimals = 0 if value == value.to_integral_value() else None
        return number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return str(dict(column.flatchoices).get(value, value))
