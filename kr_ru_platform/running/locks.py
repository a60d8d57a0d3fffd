"""Locks by number that PostgreSQL keeps: one holder on all machines, and none when its connection is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


def wait_for_lock(*numbers: int) -> None:
    """Held until the end of the transaction."""
    _ask("pg_advisory_xact_lock", numbers)


def take_lock(*numbers: int) -> bool:
    """Held until the end of the transaction; False where somebody else holds it."""
    return bool(_ask("pg_try_advisory_xact_lock", numbers))


@contextmanager
def lock_for_a_while(*numbers: int) -> Iterator[bool]:
    """Held over any number of transactions; gives False where somebody else holds it."""
    is_held = bool(_ask("pg_try_advisory_lock", numbers))
    try:
        yield is_held
    finally:
        if is_held:
            _ask("pg_advisory_unlock", numbers)


@contextmanager
def one_of_locks(space: int, count: int) -> Iterator[bool]:
    """One of `count` places that many ask for, over any number of transactions; gives False where all are taken."""
    place = next((number for number in range(count) if _ask("pg_try_advisory_lock", (space, number))), None)
    try:
        yield place is not None
    finally:
        if place is not None:
            _ask("pg_advisory_unlock", (space, place))


def _ask(function: str, numbers: tuple[int, ...]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(numbers))})", numbers)
        return cursor.fetchone()[0]
