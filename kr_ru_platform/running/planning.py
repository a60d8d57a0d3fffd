"""PostgreSQL's own settings for single queries: where we know better than its planner what a query costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

# Only the indexes made for it can answer a query by words. The planner takes reading a whole small table for cheap,
# because it knows nothing of unpacking every row's words once for each word of the query.
BY_INDEX_OF_WORDS = {"enable_seqscan": "off", "enable_indexscan": "off"}


@contextmanager
def planned_with(settings: dict[str, str]) -> Iterator[Any]:
    """A cursor whose queries run under these settings; nothing else does, whether or not a transaction is open."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {name} = %s" for name in settings), list(settings.values()))
        yield cursor
        # A transaction of the caller's goes on.
        cursor.execute("; ".join(f"SET LOCAL {name} TO DEFAULT" for name in settings))
