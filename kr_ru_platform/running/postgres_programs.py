"""PostgreSQL's own programs, such as pg_dump: the one that fits the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from kr_ru_platform.embedded.postgres import INSTALLATION

ON_DEBIAN = Path("/usr/lib/postgresql")
WITH_TLS = {"require", "verify-ca", "verify-full"}


class NoFittingProgramError(Exception):
    """No program of the wanted name can talk to this server; the text says what is needed."""


def run(name: str, *arguments: str) -> None:
    """With the login of Django's connection, which stays out of the command line.

    Raises NoFittingProgramError, or subprocess.CalledProcessError when the program says no.
    """
    database = connection.settings_dict
    login = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
        "PGSSLMODE": database["OPTIONS"].get("sslmode"),
        "PGSSLROOTCERT": database["OPTIONS"].get("sslrootcert"),
    }
    environment = os.environ | {variable: str(value) for variable, value in login.items() if value}
    subprocess.run([fitting(name), *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def fitting(name: str) -> Path:
    """The server's own version if there is one, else a newer one: an older program refuses the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
    found = [(version, path) for path in candidates(name) if (version := version_of(path)) >= server]
    if not found:
        raise NoFittingProgramError(
            f"The server is PostgreSQL {server}, and no {name} of this or a newer version was found: "
            f"install its client programs (on Debian the package postgresql-client-{server})."
        )
    # The first of equals: the packaged one stands first.
    return min(found, key=lambda each: each[0])[1]


def candidates(name: str) -> Iterator[Path]:
    # The packaged programs were built without TLS.
    if connection.settings_dict["OPTIONS"].get("sslmode") not in WITH_TLS:
        yield INSTALLATION / "bin" / name
    if on_path := shutil.which(name):
        yield Path(on_path)
    yield from ON_DEBIAN.glob(f"*/bin/{name}")


def version_of(program: Path) -> int:
    """The major version; 0 for what cannot be run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0
