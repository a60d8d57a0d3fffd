"""Which databases of the benchmark there are."""

from django.db import connection


def databases() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{benchmark_name()}%"])
        return [row[0] for row in cursor.fetchall()]


def benchmark_name() -> str:
    return f"{connection.settings_dict['NAME']}_benchmark"
