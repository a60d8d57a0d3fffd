"""Reads shaped for the curators' pages: the list with its counts, and who changed what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.db.models import Count, QuerySet

from accounts.domain.organisations.merging import remembered
from accounts.models import Organisation, User
from kr_ru_platform.words.history import NO_WORDS, FieldChange, FieldWords, Names, changes_between, kind_of, names_of
from matching.domain.technologies.publication import is_from_file
from matching.enums import TechnologyState
from matching.models import Demand, Technology

HISTORY_LIMIT = 200
UNTOLD = frozenset({"id", "created_at", "updated_at", "revision", "technology", "language"})
NAMED = (Organisation, User)


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
    facts = list(technology.history.select_related("history_user__closing").order_by("-history_date", "-history_id"))
    texts_model = technology.texts.model.history.model
    texts = list(
        texts_model.objects.filter(technology_id=technology.pk)
        .select_related("history_user__closing")
        .order_by("-history_date", "-history_id")
    )
    names = names_of([*facts, *texts], NAMED)
    entries = [*_entries(facts, names)]
    for language in {row.language for row in texts}:
        entries += _entries([row for row in texts if row.language == language], names)
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:HISTORY_LIMIT]


def history_of_demand(demand: Demand, *, reader: User, words: FieldWords) -> list[HistoryEntry]:
    """What happened to a demand, the newest first; autosaves of a draft are not told one by one.

    A draft can move to another company: what it said while it was somebody else's is read by those alone.
    """
    saved = list(demand.history.select_related("history_user__closing").order_by("-history_date", "-history_id"))
    whose = remembered([row.organisation_id for row in saved])
    own = set(Organisation.objects.visible_to(reader).values_list("pk", flat=True))
    rows = [row for row in saved if whose.get(row.organisation_id, row.organisation_id) in own]
    entries = list(_entries(rows, names_of(rows, NAMED), words))
    if rows and len(rows) < len(saved) and kind_of(rows[-1]) == "changed":
        # When it came to them: for them it begins with this.
        entries.append(_entry(rows[-1], "created"))
    return entries[:HISTORY_LIMIT]


def _entry(row: Any, kind: str) -> HistoryEntry:
    by = row.history_user.name_in_history if row.history_user else ""
    return HistoryEntry(row.history_date, by, kind, getattr(row, "language", ""), is_from_file(row))


def _entries(rows: list[Any], names: Names, words: FieldWords = NO_WORDS) -> Iterator[HistoryEntry]:
    """Rows of one thing, the newest first."""
    for row, former in zip_longest(rows, rows[1:]):
        entry = _entry(row, kind_of(row))
        if former is not None:
            entry.changes = changes_between(former, row, untold=UNTOLD, names=names, words=words)
        if entry.changes or entry.kind != "changed":
            yield entry
