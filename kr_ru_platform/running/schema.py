"""The tables of the database: up to date before a command of ours asks them anything."""

import sys
from collections.abc import Callable, Sequence

from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from kr_ru_platform.running.lock_numbers import MIGRATING

OUR_APPS = {"accounts", "kr_ru_platform", "matching", "projects"}
# Ask for the tables, though they are not ours.
OTHERS = {"changepassword", "createsuperuser", "dumpdata"}
# Ours that bring the tables up to date themselves, or must find none.
WITHOUT = {"portal", "restore"}


def needs_tables(argv: Sequence[str]) -> bool:
    if len(argv) < 2 or {"--help", "-h", "--version"} & set(argv):
        return False
    name = argv[1]
    return name not in WITHOUT and (name in OTHERS or get_commands().get(name) in OUR_APPS)


def is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def bring_up_to_date(say: Callable[[str], object]) -> None:
    """One process at a time; the others wait and find it done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
    try:
        if not is_up_to_date():
            say("Updating the database …")
            call_command("migrate", verbosity=0, interactive=False)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATING])


def require(argv: Sequence[str], *, may_migrate: bool) -> None:
    """On a machine of one's own the tables are made; in production that is a step of its own."""
    try:
        if not needs_tables(argv) or is_up_to_date():
            return
    except OperationalError as error:
        sys.exit(f"The database does not answer: {' '.join(str(error).split())}")
    if not may_migrate:
        sys.exit("The database is not up to date with this release: run `manage.py migrate` first.")
    bring_up_to_date(lambda text: print(text, file=sys.stderr))


def refuse_faulty_database() -> None:
    """Nothing starts on a database that fails its checks, such as one with demo accounts."""
    errors = [error for error in run_checks(tags=[Tags.database], databases=["default"]) if error.is_serious()]
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint or ''}".strip() for error in errors))
