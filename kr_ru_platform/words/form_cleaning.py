"""What every form field does with what was typed or sent, whichever form it stands in.

Fields of Django, of its admin and of allauth are made by themselves; so the one place through which all text comes
in is the method that reads it. Passwords stay exactly as typed.
"""

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from kr_ru_platform.words.reading.characters import clean, clean_line
from kr_ru_platform.words.reading.folding import fold_email, fold_number, without_case

LONGEST_NAME = 150
FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*\\/', "_"))


def clean_what_forms_read() -> None:
    """Once, when the portal starts."""
    for field, read in (
        (forms.CharField, _text),
        (forms.EmailField, _email),
        (forms.IntegerField, _figures),
        (forms.DecimalField, _figures),
        (forms.FloatField, _figures),
        (forms.DateField, _figures),
        (forms.DateTimeField, _figures),
        (forms.FileField, _file),
    ):
        _wrap(field, read)


def _wrap(field: Any, read: Callable[[Any, Any], Any]) -> None:
    reads = field.to_python
    if getattr(reads, "reads_by", None) is read:
        return

    def to_python(self: Any, value: Any, *rest: Any) -> Any:
        return reads(self, read(self, value), *rest)

    to_python.reads_by = read  # type: ignore[attr-defined]
    field.to_python = to_python


def _text(field: Any, value: Any) -> Any:
    if not isinstance(value, str) or isinstance(field.widget, forms.PasswordInput):
        return value
    if field.widget.attrs.get("autocomplete") == "one-time-code":
        # Digits of full width, as a Korean keyboard types them, are the same digits.
        return fold_number(value)
    is_line = isinstance(field.widget, forms.TextInput)
    return clean(value).replace("\n", " ") if is_line else clean(value)


def _email(field: Any, value: Any) -> Any:
    return fold_email(value) if isinstance(value, str) else value


def _figures(field: Any, value: Any) -> Any:
    """Dates and numbers of full width, with a dash of any kind."""
    return " ".join(without_case(value).split()) if isinstance(value, str) else value


def _file(field: Any, value: Any) -> Any:
    if isinstance(value, UploadedFile) and value.name:
        value.name = clean_file_name(value.name)
    return value


def clean_file_name(name: str) -> str:
    """As it may be shown, kept and sent back: its own last part, composed, without what nobody sees.

    Never longer than what a column or a file system takes; what follows the last point stays.
    """
    name = clean_line(name).replace("\\", "/").rpartition("/")[2].translate(FORBIDDEN).strip(" .")
    suffix = PurePath(name).suffix[:20]
    stem = name[: len(name) - len(suffix)] if suffix else name
    return (stem[: LONGEST_NAME - len(suffix)].strip() or "file") + suffix
