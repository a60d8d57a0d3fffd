"""A database of its own on the same server, so that no figure and no crash touches real data."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import psycopg2
from django.core.management import CommandError, call_command
from django.db import connection

from kr_ru_platform.running.lock_numbers import BENCHMARKING


@contextmanager
def own_database(description: dict[str, Any], *, keep: bool) -> Iterator[bool]:
    """Django, and every process started meanwhile, works on `NAME_benchmark`; True where its load is there already.

    However a run ends, its database is dropped: at its end, or when the next one starts. One that
    was to be kept is found again by the description of its load.
    """
    real = connection.settings_dict["NAME"]
    name = f"{real}_benchmark"
    wanted = json.dumps(description, sort_keys=True)
    with _server() as server:
        if not _answer(server, "SELECT pg_try_advisory_lock(%s)", BENCHMARKING):
            raise CommandError("Another benchmark is running on this server.")
        is_there = _answer(server, _COMMENT, name) == wanted
        if is_there:
            _remark(server, name, "in use")
        else:
            drop(server, name)
            server.execute(f'CREATE DATABASE "{name}"')
        try:
            with _on(name):
                # One that was kept may be of an older release.
                call_command("migrate", verbosity=0, interactive=False)
                yield is_there
            if keep:
                _remark(server, name, wanted)
        finally:
            if _answer(server, _COMMENT, name) != wanted:
                drop(server, name)
            # Closing the connection would free it too, but a moment later than the next run may ask.
            _answer(server, "SELECT pg_advisory_unlock(%s)", BENCHMARKING)


_COMMENT = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"


def drop(server: Any, name: str) -> None:
    server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _remark(server: Any, name: str, remark: str) -> None:
    server.execute(f'COMMENT ON DATABASE "{name}" IS %s', [remark])


@contextmanager
def _server() -> Iterator[Any]:
    """Beside Django's own connection: databases are made outside of transactions."""
    server = psycopg2.connect(**connection.get_connection_params())
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()


def _answer(server: Any, query: str, *values: Any) -> Any:
    server.execute(query, values)
    row = server.fetchone()
    return row[0] if row else None


@contextmanager
def _on(name: str) -> Iterator[None]:
    """As Django's own test runner goes to another database; child processes read the address."""
    real, address = connection.settings_dict["NAME"], os.environ.get("DATABASE_URL")
    connection.close()
    connection.settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = database_url(connection.settings_dict)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = real
        if address is None:
            del os.environ["DATABASE_URL"]
        else:
            os.environ["DATABASE_URL"] = address


def database_url(settings: dict[str, Any]) -> str:
    login = quote(settings["USER"] or "", safe="")
    if settings["PASSWORD"]:
        login += ":" + quote(settings["PASSWORD"], safe="")
    host, port = settings["HOST"] or "", settings["PORT"] or 5432
    if host.startswith("/"):
        return f"postgres://{login}@:{port}/{quote(host)}/{settings['NAME']}"
    return f"postgres://{login}@{host}:{port}/{settings['NAME']}"
