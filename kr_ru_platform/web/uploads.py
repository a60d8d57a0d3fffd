"""Files that people attach to messages or give as evidence: which kinds, how large, what is inside."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.words.sizes import file_size

ZIPPED = b"PK"
# What a file of each kind begins with. Text has no such beginning, and what calls itself .doc or
# .xls is often RTF or HTML that Office opens all the same.
BEGINNINGS: dict[str, tuple[bytes, ...]] = {
    **dict.fromkeys((".hwpx", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".zip"), (ZIPPED,)),
    ".hwp": (b"\xd0\xcf\x11\xe0", b"HWP Document File"),
    ".pdf": (b"%PDF",),
    ".png": (b"\x89PNG",),
    **dict.fromkeys((".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    **dict.fromkeys((".doc", ".xls", ".ppt", ".txt", ".csv"), (b"",)),
}
LONGEST_BEGINNING = 32
HELP_TEXT = format_lazy(
    _("PDF, HWP, Office documents, text, images, ZIP; up to {limit} per file."),
    limit=lazy(lambda: file_size(settings.ATTACHMENT_MAX_BYTES), str)(),
)


def check_attachment(file: UploadedFile, *, largest: int | None = None) -> None:
    largest = largest or settings.ATTACHMENT_MAX_BYTES
    name = file.name or ""
    beginnings = BEGINNINGS.get(PurePath(name).suffix.lower())
    if beginnings is None:
        raise ValidationError(
            _("“%(name)s” cannot be attached. Allowed: PDF, HWP, Office documents, text, images, ZIP."),
            code="suffix",
            params={"name": name},
        )
    if (file.size or 0) > largest:
        raise ValidationError(
            _("“%(name)s” is too large: at most %(limit)s."),
            code="size",
            params={"name": name, "limit": file_size(largest)},
        )
    if not file.read(LONGEST_BEGINNING).startswith(beginnings):
        raise ValidationError(_("The content of this file is not what its name says."), code="content")
    file.seek(0)


class KeepsFiles:
    """A form that is shown again names the files that were chosen, and they come along; see web/kept/kept_files.py."""

    template_name = "django/forms/widgets/kept_file_input.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        files = value if isinstance(value, list | tuple) else [value]
        context: dict[str, Any] = super().get_context(name, value, attrs)  # type: ignore[misc]
        kept = [file.keep() for file in files if callable(getattr(file, "keep", None))]
        context["widget"]["files"] = [file for file in kept if file]
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class OneFileInput(KeepsFiles, forms.FileInput):
    pass


class KeptFileField(forms.FileField):
    widget = OneFileInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was chosen, so that the form can name it when it is shown again."""
        return data or initial


class AttachmentField(KeptFileField):
    """One file that has been checked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": HELP_TEXT, **kwargs})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(data, UploadedFile):
            check_attachment(data)
        return file


class MultipleFileInput(KeepsFiles, forms.FileInput):
    allow_multiple_selected = True


class AttachmentsField(AttachmentField):
    """Several files in one field, each checked; cleans to a list."""

    widget = MultipleFileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(AttachmentsField, self).clean(file, initial) for file in files]
