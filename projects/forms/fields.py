"""Fields that read what people type about organisations and figures."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kr_ru_platform.words.amounts import parse_amount
from kr_ru_platform.words.reading.folding import without_case

LONGEST_FIGURE = 40


class OrganisationField(forms.CharField):
    """An organisation by any of its names, or picked from the suggestions as "name [12]"."""

    default_error_messages = {
        "unknown": _("No organisation has this name. Register it first."),
        "ambiguous": _("Several organisations have this name: pick one from the suggestions."),
    }

    def to_python(self, value: Any) -> Organisation | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        # Looked up before the validators run, and the database refuses NUL.
        if "\x00" in text:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        picked = re.search(r"\[(\d{1,18})\]$", text)
        names = Q(name_ko__reads=text) | Q(name_ru__reads=text) | Q(name_en__reads=text)
        condition = Q(pk=int(picked[1])) if picked else names | Q(short_name__reads=text)
        found = list(Organisation.objects.filter(condition)[:2])
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous")
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        return f"{value.name} [{value.pk}]" if isinstance(value, Organisation) else value


class FigureField(forms.CharField):
    """A number with up to two decimals; understands 억 and 만 and thousands separators."""

    default_error_messages = {
        "figure": _("Write a number, for example 660,000 or 66만."),
        "too_large": _("This number is too large."),
    }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        if len(text) > LONGEST_FIGURE:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        try:
            figure = parse_figure(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["figure"], code="figure") from error
        if figure >= 10**16:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return figure

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal | int):
            return value
        return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def parse_figure(text: str) -> Decimal:
    text = without_case(text)
    if not re.fullmatch(r"[0-9][0-9,]*\.[0-9]{1,2}", text.strip()):
        return parse_amount(text)
    try:
        return Decimal(text.strip().replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error
