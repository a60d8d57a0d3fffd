"""Checks of files that people attach."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

ALLOWED_SUFFIXES = frozenset(
    ".pdf .hwp .hwpx .doc .docx .xls .xlsx .ppt .pptx .odt .ods .txt .csv .jpg .jpeg .png .zip".split()
)


def check_attachment(file: UploadedFile) -> UploadedFile:
    name = file.name or ""
    if PurePath(name).suffix.lower() not in ALLOWED_SUFFIXES:
        raise ValidationError(
            _("“%(name)s” cannot be attached. Allowed: PDF, HWP, Office documents, text, images, ZIP."),
            code="suffix",
            params={"name": name},
        )
    if (file.size or 0) > settings.ATTACHMENT_MAX_BYTES:
        raise ValidationError(
            _("“%(name)s” is too large: at most %(limit)s."),
            code="size",
            params={"name": name, "limit": filesizeformat(settings.ATTACHMENT_MAX_BYTES)},
        )
    return file


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files in one field, each checked; cleans to a list."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [check_attachment(super(AttachmentsField, self).clean(file, initial)) for file in files]
