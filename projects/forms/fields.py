"""Fields that read what people type about organisations, figures and files."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from kr_ru_platform.formats import parse_amount

LONGEST_FIGURE = 40
# What a file of each allowed kind begins with.
OFFICE_ZIP, OFFICE_OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SIGNATURES = {
    ".pdf": b"%PDF",
    ".png": b"\x89PNG",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".docx": OFFICE_ZIP,
    ".xlsx": OFFICE_ZIP,
    ".hwpx": OFFICE_ZIP,
    ".hwp": OFFICE_OLD,
}


class DateField(forms.DateField):
    """A day of the centre's own time: from the year 9999 no end of a task can be reckoned."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("validators", [MinValueValidator(date(1990, 1, 1)), MaxValueValidator(date(2100, 12, 31))])
        super().__init__(**kwargs)


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
        names = Q(name_ko__iexact=text) | Q(name_ru__iexact=text) | Q(name_en__iexact=text)
        condition = Q(pk=int(picked[1])) if picked else names | Q(short_name__iexact=text)
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
    if not re.fullmatch(r"[0-9][0-9,]*\.[0-9]{1,2}", text.strip()):
        return parse_amount(text)
    try:
        return Decimal(text.strip().replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error


class EvidenceFileField(forms.FileField):
    default_error_messages = {
        "kind": _("Only PDF, PNG, JPEG, DOCX, XLSX, HWP and HWPX files are accepted."),
        "content": _("The content of this file is not what its name says."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            self.check_size(data)
            self.check_kind(data)
        return file

    def check_size(self, file: UploadedFile) -> None:
        limit = settings.ATTACHMENT_MAX_BYTES
        if (file.size or 0) > limit:
            message = _("The file has %(size)s; at most %(limit)s are accepted.")
            values = {"size": filesizeformat(file.size or 0), "limit": filesizeformat(limit)}
            raise ValidationError(message, code="size", params=values)

    def check_kind(self, file: UploadedFile) -> None:
        expected = SIGNATURES.get(Path(file.name or "").suffix.lower())
        if expected is None:
            raise ValidationError(self.error_messages["kind"], code="kind")
        beginning = file.read(len(expected))
        file.seek(0)
        if beginning != expected:
            raise ValidationError(self.error_messages["content"], code="content")
