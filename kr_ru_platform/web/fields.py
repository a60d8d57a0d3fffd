"""Form fields that read what people type."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.words.amounts import parse_amount

# What the columns of amounts hold.
LARGEST_KRW = 10**15


class DateField(forms.DateField):
    """A day of the centre's own time: from the year 9999 nothing can be reckoned on."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("validators", [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 12, 31))])
        super().__init__(**kwargs)


class WonField(forms.CharField):
    """An amount of whole won; understands 억 and 만."""

    default_error_messages = {
        "amount": _("Write an amount in won, for example 120,000,000 or 1억 2,000만."),
        "too_large": _("This amount is too large."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        # Those that CharField brings are for text; this field's value is a number.
        self.validators = []
        self.widget.attrs.setdefault("inputmode", "text")

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = super().to_python(value)
        if not text:
            return None
        if self.max_length and len(text) > self.max_length:
            raise ValidationError(self.error_messages["amount"], code="amount")
        try:
            amount = parse_amount(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["amount"], code="amount") from error
        if amount >= LARGEST_KRW:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return amount

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,.0f}" if isinstance(value, Decimal | int) else value


class RevisionField(forms.IntegerField):
    """The revision on which a form was opened: it travels along unseen, and the domain refuses an older one.

    No form can leave it out: what was not sent, or is no number, is NOT_SENT, at which no row ever is.
    """

    widget = forms.HiddenInput
    NOT_SENT = -1

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> int:
        try:
            revision = super().clean(value)
        except ValidationError:
            return self.NOT_SENT
        return self.NOT_SENT if revision is None else revision
