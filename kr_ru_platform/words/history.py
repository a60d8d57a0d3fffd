"""What changed between two saved versions of a row, as a person reads it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from kr_ru_platform.words.stored_values import NOTHING, shown_value

# Rows that versions point to, by name.
Names = Mapping[tuple[type[Model], Any], str]
# How a column is told whose stored value is a code of its own.
FieldWords = Mapping[str, Callable[[Any], str]]
NO_WORDS: FieldWords = {}


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return max(len(self.before), len(self.after)) > 120


def kind_of(version: Any) -> str:
    return {"+": "created", "-": "deleted"}.get(version.history_type, "changed")


def names_of(versions: Iterable[Any], models: Collection[type[Model]]) -> Names:
    """Of these models only; read together, however many versions there are."""
    ids: dict[type[Model], set[Any]] = {model: set() for model in models}
    for version in versions:
        for column in version.tracked_fields:
            value = getattr(version, column.attname)
            if column.is_relation and column.related_model in ids and value:
                ids[column.related_model].add(value)
    return {
        (model, found.pk): str(found)
        for model, keys in ids.items()
        for found in model._default_manager.filter(pk__in=keys)
    }


def changes_between(
    former: Any, version: Any, *, untold: Collection[str], names: Names, words: FieldWords = NO_WORDS
) -> list[FieldChange]:
    return [
        FieldChange(
            str(column.verbose_name), *(_value_in_words(row, column, names, words) for row in (former, version))
        )
        for column in version.tracked_fields
        if column.name not in untold and getattr(former, column.attname) != getattr(version, column.attname)
    ]


def _value_in_words(version: Any, column: Any, names: Names, words: FieldWords) -> str:
    value = getattr(version, column.attname)
    if tell := words.get(column.name):
        return tell(value) or NOTHING
    if column.is_relation and value is not None:
        return names.get((column.related_model, value), f"#{value}")
    return shown_value(column, value)
