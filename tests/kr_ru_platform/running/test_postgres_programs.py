from pathlib import Path

import pytest
from django.db import connection

from kr_ru_platform.embedded.postgres import INSTALLATION
from kr_ru_platform.running import postgres_programs
from kr_ru_platform.running.postgres_programs import NoFittingProgramError, candidates, fitting, version_of

pytestmark = pytest.mark.django_db


def program(folder: Path, says: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pg_dump"
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


def test_packaged_program_comes_first() -> None:
    assert next(candidates("pg_dump")) == INSTALLATION / "bin" / "pg_dump"
    assert fitting("pg_dump") == INSTALLATION / "bin" / "pg_dump"


def test_packaged_program_is_passed_by_where_the_server_asks_for_tls(monkeypatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"sslmode": "verify-full"})
    assert INSTALLATION / "bin" / "pg_dump" not in list(candidates("pg_dump"))


def test_nearest_version_that_is_not_older_is_taken(tmp_path: Path, monkeypatch) -> None:
    found = [
        program(tmp_path / "15", "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"),
        program(tmp_path / "20", "pg_dump (PostgreSQL) 20.1"),
        program(tmp_path / "18", "pg_dump (PostgreSQL) 18.0"),
        program(tmp_path / "broken", "what?"),
    ]
    monkeypatch.setattr(postgres_programs, "candidates", lambda name: iter(found))
    assert fitting("pg_dump") == found[2]


def test_only_older_programs_are_told_in_a_sentence(tmp_path: Path, monkeypatch) -> None:
    old = program(tmp_path / "15", "pg_dump (PostgreSQL) 15.18")
    monkeypatch.setattr(postgres_programs, "candidates", lambda name: iter([old]))
    with pytest.raises(NoFittingProgramError, match="The server is PostgreSQL 18, and no pg_dump"):
        fitting("pg_dump")


def test_program_that_cannot_be_run_has_no_version(tmp_path: Path) -> None:
    assert [version_of(tmp_path / "none"), version_of(program(tmp_path, "hello"))] == [0, 0]
