"""The portal's languages, for the interface and for stored texts; their codes stand in reading/scripts.py."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.words.reading.scripts import ENGLISH, KOREAN, RUSSIAN


class Language(models.TextChoices):
    KOREAN = KOREAN, _("Korean")
    RUSSIAN = RUSSIAN, _("Russian")
    ENGLISH = ENGLISH, _("English")


# Each language under its own name, as a language switch shows it.
NATIVE_NAMES = [(KOREAN, "한국어"), (RUSSIAN, "Русский"), (ENGLISH, "English")]


def reader_language() -> str:
    """The code of the active language; Korean where none is."""
    return (get_language() or KOREAN)[:2]


def columns_of(field: str) -> dict[str, str]:
    """Column → language of a field that is kept in every language: name_ko, name_ru, name_en."""
    return {f"{field}_{code}": code for code in Language.values}


def in_reader_language(row: Any, field: str, *, otherwise: Sequence[str] = (KOREAN,)) -> tuple[str, str]:
    """What a row says in such a field and in which language: the reader's, or the first of the others that it has."""
    for code in (reader_language(), *otherwise):
        if text := getattr(row, f"{field}_{code}", ""):
            return text, str(code)
    return "", KOREAN
