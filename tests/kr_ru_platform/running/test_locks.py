"""Locks that two connections want."""

from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection, transaction

from kr_ru_platform.running.locks import lock_for_a_while, take_lock, wait_for_lock

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER, OTHER = 77, 78


@pytest.fixture
def somebody_else() -> Iterator[Any]:
    """Another process, asked whether it gets a lock."""
    other = psycopg2.connect(**connection.get_connection_params())
    other.autocommit = True

    def gets(*numbers: int, function: str = "pg_try_advisory_lock") -> bool:
        with other.cursor() as cursor:
            cursor.execute(f"SELECT {function}({', '.join(map(str, numbers))})")
            return bool(cursor.fetchone()[0])

    yield gets
    other.close()


@pytest.mark.parametrize("numbers", [(NUMBER,), (NUMBER, OTHER)])
def test_what_somebody_else_holds_is_not_given(somebody_else: Any, numbers: tuple[int, ...]) -> None:
    assert somebody_else(*numbers)
    with transaction.atomic(), lock_for_a_while(*numbers) as is_held:
        assert (take_lock(*numbers), is_held, take_lock(OTHER, OTHER)) == (False, False, True)
    assert somebody_else(*numbers, function="pg_advisory_unlock")
    with transaction.atomic():
        assert take_lock(*numbers)


def test_a_lock_of_a_transaction_ends_with_it(somebody_else: Any) -> None:
    with transaction.atomic():
        wait_for_lock(NUMBER)
        seen = [somebody_else(NUMBER)]
    assert [*seen, somebody_else(NUMBER)] == [False, True]


def test_a_lock_for_a_while_outlasts_transactions_and_is_given_back_after_a_failure(somebody_else: Any) -> None:
    seen = []
    with pytest.raises(KeyError), lock_for_a_while(NUMBER) as is_held:
        with transaction.atomic():
            seen.append(is_held)
        seen.append(somebody_else(NUMBER))
        raise KeyError
    assert [*seen, somebody_else(NUMBER)] == [True, False, True]
