"""Who changed what on a research task, its budget and its outcomes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from accounts.models import User
from kr_ru_platform.words.history import FieldChange, Names, changes_between, kind_of, names_of
from projects.models import BudgetLine, Outcome, Programme, ResearchTask

HISTORY_LIMIT = 200
UNTOLD = frozenset({"id", "created_at", "updated_at", "revision", "research_task", "evidence_file"})
NAMED = (User, Programme)


@dataclass(frozen=True)
class HistoryEntry:
    """One saved change of the task, of a budget line or of an outcome."""

    at: datetime
    by: str
    subject: str
    detail: str
    kind: str
    changes: list[FieldChange] = field(default_factory=list)


def history_of(research_task: ResearchTask) -> list[HistoryEntry]:
    """The newest first; saves that changed nothing worth telling are left out."""
    own = {"research_task_id": research_task.pk}
    sources = [
        ("task", research_task.history.all()),
        ("budget", BudgetLine.history.filter(**own)),
        ("outcome", Outcome.history.filter(**own)),
    ]
    rows = [
        (name, list(found.select_related("history_user__closing").order_by("id", "history_id")))
        for name, found in sources
    ]
    names = names_of([version for _name, versions in rows for version in versions], NAMED)
    entries = [entry for name, versions in rows for entry in entries_of(name, versions, names)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:HISTORY_LIMIT]


def entries_of(subject: str, versions: Iterable[Any], names: Names) -> Iterator[HistoryEntry]:
    for _pk, group in groupby(versions, key=lambda version: version.id):
        former = None
        for version in group:
            kind = kind_of(version)
            changes: list[FieldChange] = []
            if former and kind == "changed":
                changes = changes_between(former, version, untold=UNTOLD, names=names)
            if changes or kind != "changed":
                by = version.history_user.name_in_history if version.history_user else ""
                yield HistoryEntry(version.history_date, by, subject, detail_of(subject, version), kind, changes)
            former = version


def detail_of(subject: str, version: Any) -> str:
    if subject == "task":
        return ""
    return str(version.get_cost_item_display() if subject == "budget" else version.get_kind_display())
