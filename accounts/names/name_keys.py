"""Keys under which names of organisations are compared: equal keys, one name.

Two keys for each name. The *whole* key lets spelling pass (width, case, quotation marks, spaces between
Hangul, ㈜ for 주식회사, ООО for its long form) but keeps the legal form: ООО and АО of one name are two
companies. The *core* key leaves the legal form out; it only says that names look alike.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kr_ru_platform.words.reading.organisation_names import name_and_forms

LONGEST = 320
CORE = "~"


def name_keys(*names: str) -> list[str]:
    """Whole and core keys of all these names, each once."""
    keys = [key for name in names for key in (whole_key(name), core_key(name)) if key]
    return list(dict.fromkeys(keys))


def whole_key(name: str) -> str:
    core, forms = name_and_forms(name)
    return "|".join([core, *sorted(forms)])[:LONGEST] if core else ""


def core_key(name: str) -> str:
    core, _forms = name_and_forms(name)
    return (CORE + core.replace(" ", ""))[:LONGEST] if core else ""


def core_words(name: str) -> tuple[str, ...]:
    """The words of a name without its legal forms, for a search that knows only some of them; Hangul stays one word."""
    return tuple(name_and_forms(name)[0].split())


class NameKeys(ArrayField):
    """The keys of a row's `spelled_names`, kept whenever the row is saved."""

    def __init__(self, base_field: models.Field | None = None, **options: Any) -> None:
        options |= {"default": list, "blank": True, "editable": False}
        super().__init__(base_field or models.CharField(max_length=LONGEST), **options)

    def pre_save(self, model_instance: Any, add: bool) -> list[str]:
        keys = name_keys(*model_instance.spelled_names)
        setattr(model_instance, self.attname, keys)
        return keys
