"""Refusals that domain functions of every app raise and views turn into messages; and what is no use to try again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError

# What lies in what is worked on, or in our own mistake, and would fail again. A lost connection, a
# killed worker, a time limit or a missing encoder is none of these: the next sweep goes on.
LASTING = (DataError, IntegrityError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError)


class StaleRevisionError(Exception):
    """Somebody else changed the row after the form was opened; `row` is as it is now, for what the page shows."""

    def __init__(self, row: Any) -> None:
        super().__init__(row)
        self.row = row


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done: a code, and what its sentence names (web/registered/refusals.py)."""

    code: str
    names: Mapping[str, Any] = field(default_factory=dict)


class MoveNotAllowedError(Exception):
    """The row's state does not allow this move, or this person may not make it.

    `row` is as it was found and not changed; `to` the state that was asked for, empty where it is about no state;
    `refusal` says why, None where the page has a sentence of its own.
    """

    def __init__(self, row: Any, to: str = "", *, refusal: Refusal | None = None) -> None:
        super().__init__(row, to)
        self.row, self.to, self.refusal = row, to, refusal

    def __str__(self) -> str:
        return self.refusal.code if self.refusal else f"{self.row!r} → {self.to or '?'}"
