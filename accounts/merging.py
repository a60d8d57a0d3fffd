"""How rows that point to an organisation move when two records of one organisation become one.

Every relation is found from the models, so none can be forgotten. A relation that only says whose a row is needs no
rule: the row is pointed to the record that stays. One that may hold a row only once needs a rule, which the app
that keeps it registers in its AppConfig; a test asks for it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Model

from accounts.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Merge:
    """The record that stays, the one that goes, who decides, and what had to give way (kept in the record of it)."""

    stays: Organisation
    goes: Organisation
    by: User
    choices: dict[str, Any] = field(default_factory=dict)
    given_way: dict[str, Any] = field(default_factory=dict)


# Before the move: rows of the record that goes that give way, or are changed.
Prepare = Callable[[Merge], None]
# Sentences that say what has to be decided before two records can become one.
Obstacles = Callable[[Organisation, Organisation], Iterable[str]]


@dataclass(frozen=True)
class Question:
    """Asked where both records have rows of this relation: whose stays. `Merge.choices` has the answer by this name."""

    name: str
    relation: str
    words: Any


_prepare: dict[str, Prepare] = {}
_questions: dict[str, Question] = {}
_obstacles: list[Obstacles] = []


def register_merging(relation: str, prepare: Prepare) -> None:
    """`relation` is "app.Model.field"."""
    _prepare[relation] = prepare


def register_obstacles(obstacles: Obstacles) -> None:
    _obstacles.append(obstacles)


def register_question(question: Question) -> None:
    _questions[question.name] = question


def questions() -> list[Question]:
    return [*_questions.values()]


def relations() -> list[Any]:
    """Foreign keys to organisations; histories stay as they were written."""
    found = Organisation._meta.get_fields(include_hidden=True)
    return [
        relation.field
        for relation in found
        if relation.is_relation and relation.auto_created and not hasattr(relation.related_model, "instance_type")
    ]


def label(relation: Any) -> str:
    return f"{relation.model._meta.label}.{relation.name}"


def has_rule(relation: Any) -> bool:
    return label(relation) in _prepare


def obstacles_between(one: Organisation, other: Organisation) -> list[str]:
    return [str(words) for ask in _obstacles for words in ask(one, other)]


def counts_of(organisation: Organisation) -> dict[str, int]:
    return {
        label(relation): relation.model._base_manager.filter(**{relation.name: organisation}).count()
        for relation in relations()
    }


def move_rows(merge: Merge) -> dict[str, int]:
    """Point every row to the record that stays. How many of each kind."""
    moved = {}
    for relation in relations():
        if prepare := _prepare.get(label(relation)):
            prepare(merge)
        if count := _point(relation, merge):
            moved[label(relation)] = count
    return moved


def _point(relation: Any, merge: Merge) -> int:
    rows = relation.model._base_manager.filter(**{relation.name: merge.goes})
    if not hasattr(relation.model, "history"):
        change = {"revision": F("revision") + 1} if _has_revision(relation.model) else {}
        return rows.update(**{relation.name: merge.stays}, **change)
    count = 0
    for row in rows.select_for_update():
        setattr(row, relation.name, merge.stays)
        if _has_revision(relation.model):
            row.revision += 1
        row._history_user = merge.by
        row.save()
        count += 1
    return count


def _has_revision(model: type[Model]) -> bool:
    return any(column.name == "revision" for column in model._meta.concrete_fields)
