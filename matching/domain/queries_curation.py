"""Reads shaped for the curators' pages: the list with its counts, and who changed what."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Model, QuerySet

from accounts.models import Organisation, User
from kr_ru_platform.shown import NOTHING, shown_value
from matching.enums import TechnologyState
from matching.models import Demand, Technology

# How a column is told whose stored value is a code of its own.
Words = Mapping[str, Callable[[Any], str]]
NO_WORDS: Words = {}
HISTORY_LIMIT = 200
UNTOLD = frozenset({"id", "created_at", "updated_at", "revision", "technology", "language"})


@dataclass(slots=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return max(len(self.before), len(self.after)) > 120


@dataclass(slots=True)
class HistoryEntry:
    """One saved change: of the facts, or of the text in one language."""

    at: datetime
    by: str
    kind: str
    language: str
    is_import: bool
    changes: list[FieldChange] = field(default_factory=list)


def state_counts(rows: QuerySet[Technology]) -> dict[str, int]:
    counted = rows.order_by().values("state").annotate(number=Count("pk", distinct=True))
    counts = {row["state"]: row["number"] for row in counted}
    return {state.value: counts.get(state.value, 0) for state in TechnologyState}


def history_of(technology: Technology) -> list[HistoryEntry]:
    """What happened, the newest first; saves that changed nothing worth telling are left out."""
    facts = list(technology.history.select_related("history_user").order_by("-history_date", "-history_id"))
    texts_model = technology.texts.model.history.model
    texts = list(
        texts_model.objects.filter(technology_id=technology.pk)
        .select_related("history_user")
        .order_by("-history_date", "-history_id")
    )
    names = _names([*facts, *texts])
    entries = [*_entries(facts, names)]
    for language in {row.language for row in texts}:
        entries += _entries([row for row in texts if row.language == language], names)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:HISTORY_LIMIT]


def history_of_demand(demand: Demand, *, words: Words) -> list[HistoryEntry]:
    """What happened to a demand, the newest first; autosaves of a draft are not told one by one."""
    rows = list(demand.history.select_related("history_user").order_by("-history_date", "-history_id"))
    return list(_entries(rows, _names(rows), words))[:HISTORY_LIMIT]


def _entries(
    rows: list[Any], names: dict[tuple[type[Model], int], str], words: Words = NO_WORDS
) -> Iterator[HistoryEntry]:
    for row, former in zip(rows, [*rows[1:], None], strict=True):
        entry = HistoryEntry(
            row.history_date,
            str(row.history_user or ""),
            {"+": "created", "-": "deleted"}.get(row.history_type, "changed"),
            getattr(row, "language", ""),
            row.history_change_reason == "import",
        )
        if former is not None:
            entry.changes = _changes(former, row, names, words)
        if entry.changes or entry.kind != "changed":
            yield entry


def _changes(former: Any, row: Any, names: dict[tuple[type[Model], int], str], words: Words) -> list[FieldChange]:
    changes = []
    for column in row.tracked_fields:
        if column.name in UNTOLD or getattr(former, column.attname) == getattr(row, column.attname):
            continue
        before, after = (_told(version, column, names, words) for version in (former, row))
        changes.append(FieldChange(str(column.verbose_name), before, after))
    return changes


def _told(row: Any, column: Any, names: dict[tuple[type[Model], int], str], words: Words) -> str:
    tell = words.get(column.name)
    return (tell(getattr(row, column.attname)) or NOTHING) if tell else shown(row, column, names)


def shown(row: Any, column: Any, names: dict[tuple[type[Model], int], str] | None = None) -> str:
    """A column of a row as a person reads it."""
    value = getattr(row, column.attname)
    if not column.is_relation or value is None:
        return shown_value(column, value)
    if names is not None:
        return names.get((column.related_model, value), f"#{value}")
    return str(getattr(row, column.name))


def _names(rows: list[Any]) -> dict[tuple[type[Model], int], str]:
    ids: dict[type[Model], set[int]] = {Organisation: set(), User: set()}
    for row in rows:
        for column in row.tracked_fields:
            value = getattr(row, column.attname)
            if column.is_relation and column.related_model in ids and value:
                ids[column.related_model].add(value)
    return {
        (model, found.pk): str(found)
        for model, keys in ids.items()
        for found in model._default_manager.filter(pk__in=keys)
    }
