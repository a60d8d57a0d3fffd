"""The benchmark's database: never the real one, and never left behind."""

import os

import psycopg2
import pytest
from django.core.management import CommandError
from django.db import connection

from kr_ru_platform.running.lock_numbers import BENCHMARKING
from matching.benchmark.catalogue.database import database_url, own_database
from tests.matching.benchmark.catalogue.own_databases import databases

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_interrupted_run_drops_its_database() -> None:
    name, address = connection.settings_dict["NAME"], os.environ.get("DATABASE_URL")
    with pytest.raises(KeyboardInterrupt), own_database({"size": 1}, keep=True):
        assert connection.settings_dict["NAME"] == f"{name}_benchmark"
        # Child processes read it there.
        assert os.environ["DATABASE_URL"] == database_url(connection.settings_dict)
        raise KeyboardInterrupt
    assert (connection.settings_dict["NAME"], os.environ.get("DATABASE_URL"), databases()) == (name, address, [])


def test_a_kept_load_is_used_again_only_where_it_is_the_same() -> None:
    found = []
    for size in (1, 1, 2):
        with own_database({"size": size}, keep=True) as is_there:
            found.append(is_there)
    with own_database({"size": 2}, keep=False) as is_there:
        found.append(is_there)
    assert (found, databases()) == ([False, True, False, True], [])


def test_two_benchmarks_at_once_are_refused() -> None:
    other = psycopg2.connect(**connection.get_connection_params())
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [BENCHMARKING])
        with pytest.raises(CommandError, match="running"), own_database({}, keep=False):
            raise AssertionError("two at once")
    other.close()


@pytest.mark.parametrize(
    ("user", "password", "host", "port", "url"),
    [
        ("portal", "", "db", "", "postgres://portal@db:5432/catalogue"),
        ("a b", "p@s/s", "db", 5433, "postgres://a%20b:p%40s%2Fs@db:5433/catalogue"),
        ("portal", "", "/run/pg", 5432, "postgres://portal@:5432//run/pg/catalogue"),
        ("", "", "", "", "postgres://@:5432/catalogue"),
    ],
)
def test_address_of_a_database_is_quoted(user: str, password: str, host: str, port: object, url: str) -> None:
    settings = {"USER": user, "PASSWORD": password, "HOST": host, "PORT": port, "NAME": "catalogue"}
    assert database_url(settings) == url
