"""How many technologies have each value of several facts, asked at once: each question costs more than its counting."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import BaseExpression, F

from matching.models import Technology

Counts = dict[str, dict[str, int]]


def counts_of_each(technologies: QuerySet[Technology], facts: Mapping[str, BaseExpression | F]) -> Counts:
    """Name of each fact → value → how many have it; what has several values counts in each of them."""
    counts: Counts = {name: {} for name in facts}
    if not facts:
        return counts
    columns = {f"fact_{place}": expression for place, expression in enumerate(facts.values())}
    told = technologies.order_by().annotate(**columns).values(*columns)
    try:
        query, values = told.query.sql_with_params()
    except EmptyResultSet:
        return counts
    arrays = [isinstance(told.query.annotations[column].output_field, ArrayField) for column in columns]
    parts = map(_counted, range(len(arrays)), arrays)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH told AS MATERIALIZED ({query}) {' UNION ALL '.join(parts)}", values)  # noqa: S608 - as above
        names = list(facts)
        for place, value, count in cursor.fetchall():
            counts[names[place]][value] = count
    return counts


def _counted(place: int, is_array: bool) -> str:
    value = f"unnest(fact_{place})" if is_array else f"fact_{place}"
    return f"SELECT {place}, {value}::text, count(*) FROM told GROUP BY 2"  # noqa: S608 - a number
