"""How rows that point to an organisation move when two records of one organisation become one.

Every relation is found from the models, so none can be forgotten. A relation that only says whose a row is needs no
rule: the row is pointed to the record that stays. One that may hold a row only once needs a rule, which the app
that keeps it registers in its AppConfig; a test asks for it. Keys inside JSON are no relation: whoever keeps some
registers them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from accounts.models import Organisation, User
from kr_ru_platform.saving.errors import Refusal
from kr_ru_platform.saving.repointing import repoint


@dataclass(frozen=True, slots=True)
class Merge:
    """The record that stays, the one that goes, who decides, and what had to give way (kept in the record of it)."""

    stays: Organisation
    goes: Organisation
    by: User
    choices: dict[str, Any] = field(default_factory=dict)
    given_way: dict[str, Any] = field(default_factory=dict)
    # Whether the names and numbers of the one that goes are those of the one that stays, too.
    keeps_names: bool = True


# Before the move: rows of the record that goes that give way, or are changed.
Prepare = Callable[[Merge], None]
# What has to be decided before two records can become one.
Obstacles = Callable[[Organisation, Organisation], Iterable[Refusal]]
# A text that is another one when something else would change hands, whichever record stays; empty where nothing does.
Handovers = Callable[[Organisation, Organisation], str]


@dataclass(frozen=True)
class Question:
    """Asked where both records have rows of this relation: whose stays. `Merge.choices` has the answer by this name."""

    name: str
    relation: str
    words: Any


@dataclass(frozen=True)
class KeysInJson:
    """Rows that name an organisation by its key inside JSON: how many there are, and how they move (how many have).

    They move last: what they say is compared with rows that have moved.
    """

    # "app.Model.field.key"
    label: str
    count: Callable[[Organisation], int]
    move: Callable[[Merge], int]


_prepare: dict[str, Prepare] = {}
_keys: dict[str, KeysInJson] = {}
_questions: dict[str, Question] = {}
_obstacles: list[Obstacles] = []
_handovers: list[Handovers] = []


def register_merging(relation: str, prepare: Prepare) -> None:
    """`relation` is "app.Model.field"."""
    _prepare[relation] = prepare


def register_keys(keys: KeysInJson) -> None:
    _keys[keys.label] = keys


def register_obstacles(obstacles: Obstacles) -> None:
    _obstacles.append(obstacles)


def register_handovers(handovers: Handovers) -> None:
    _handovers.append(handovers)


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


def obstacles_between(one: Organisation, other: Organisation) -> list[Refusal]:
    return [obstacle for ask in _obstacles for obstacle in ask(one, other)]


def handovers_seen(one: Organisation, other: Organisation) -> str:
    """What changes hands, as short as a hidden field; empty where nothing does."""
    said = [handovers(one, other) for handovers in _handovers]
    return sha256("|".join(said).encode()).hexdigest() if any(said) else ""


def counts_of(organisation: Organisation) -> dict[str, int]:
    related = {
        label(relation): relation.model._base_manager.filter(**{relation.name: organisation}).count()
        for relation in relations()
    }
    return related | {keys.label: keys.count(organisation) for keys in _keys.values()}


def move_rows(merge: Merge) -> dict[str, int]:
    """Point every row to the record that stays. How many of each kind."""
    moved = {}
    for relation in relations():
        if prepare := _prepare.get(label(relation)):
            prepare(merge)
        if count := repoint(relation, goes=merge.goes, stays=merge.stays, by=merge.by):
            moved[label(relation)] = count
    for keys in _keys.values():
        if count := keys.move(merge):
            moved[keys.label] = count
    return moved
