"""One file with everything that matters: the database and the uploaded files."""

import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from kr_ru_platform.embedded.postgres import INSTALLATION

DUMP = "database.dump"
MEDIA = "media"


def save(*, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / DUMP
        run_postgres_program("pg_dump", "--format=custom", "--no-owner", f"--file={dump}")
        # Complete or not there at all: a half of a back-up is worse than none.
        new = file.with_name(f"{file.name}.new")
        # Nobody else reads it, from the first byte on.
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        with tarfile.open(new, "w:gz") as archive:
            archive.add(dump, DUMP)
            if settings.MEDIA_ROOT.exists():
                archive.add(settings.MEDIA_ROOT, MEDIA)
        new.replace(file)


def load(*, file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, tarfile.open(file) as archive:
        # Early releases of Python 3.11 have no filter against names that lead elsewhere.
        archive.extractall(folder, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        dump = Path(folder) / DUMP
        run_postgres_program("pg_restore", "--exit-on-error", "--no-owner", "--single-transaction", str(dump))
        if (Path(folder) / MEDIA).exists():
            shutil.copytree(Path(folder) / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)


def run_postgres_program(name: str, *arguments: str) -> None:
    """The machine's own, or the one that came with the embedded server."""
    program = shutil.which(name) or str(INSTALLATION / "bin" / name)
    database = connection.settings_dict
    login = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
        "PGSSLMODE": database["OPTIONS"].get("sslmode"),
    }
    environment = os.environ | {variable: str(value) for variable, value in login.items() if value}
    # pg_restore writes to standard output unless it is told a database.
    target = [f"--dbname={database['NAME']}"] if name == "pg_restore" else []
    subprocess.run([program, *target, *arguments], env=environment, check=True)
