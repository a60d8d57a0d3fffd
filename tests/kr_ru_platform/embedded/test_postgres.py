import subprocess
import sys

import pytest

from kr_ru_platform.embedded import postgres
from kr_ru_platform.embedded.layout import Layout, ServiceError
from kr_ru_platform.embedded.tuning import GIB


def ask(layout: Layout, question: str) -> object:
    connection = postgres.connect(layout, "portal")
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def test_text_functions_know_korean_and_russian_without_a_locale(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANG", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    child = postgres.start(layout, durable=False)
    try:
        assert ask(layout, "SELECT lower('МЕТАЛЛ')") == "металл"
        assert ask(layout, "SELECT 'Плазма' ILIKE '%ПЛАЗ%'") is True
        assert ask(layout, "SELECT to_tsvector('russian', 'Технологии')::text") == "'технолог':1"
        assert ask(layout, "SELECT count(*) FROM pg_available_extensions WHERE name IN ('vector', 'pg_trgm')") == 2
    finally:
        child.stop(postgres.STOP)


def test_pid_file_of_another_program_does_not_stop_the_start(server: Layout) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (server.postgres / "postmaster.pid").write_text(f"{other.pid}\n{server.postgres}\n")
    try:
        child = postgres.start(server, durable=False)
        child.stop(postgres.STOP)
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_server_that_lost_its_parent_is_ended_first(server: Layout) -> None:
    orphan = postgres.start(server, durable=False)
    child = postgres.start(server, durable=False)
    try:
        assert (orphan.is_alive, child.is_alive) == (False, True)
    finally:
        child.stop(postgres.STOP)


def test_tests_take_little_of_the_machine(server: Layout) -> None:
    child = postgres.start(server, durable=False)
    try:
        assert ask(server, "SHOW shared_buffers") == "256MB"
    finally:
        child.stop(postgres.STOP)


def test_a_portal_takes_what_the_machine_has(server: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "memory_of_machine", lambda: 4 * GIB)
    child = postgres.start(server)
    try:
        assert ask(server, "SHOW shared_buffers") == "512MB"
    finally:
        child.stop(postgres.STOP)


def test_interrupted_creation_is_made_anew(layout: Layout) -> None:
    half = layout.data_dir / "pg.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    child = postgres.start(layout, durable=False)
    child.stop(postgres.STOP)
    assert not half.exists()


def test_data_of_another_major_version_is_refused(server: Layout) -> None:
    (server.postgres / "PG_VERSION").write_text("17\n")
    with pytest.raises(ServiceError, match="was written by PostgreSQL 17, this is 18: dump it"):
        postgres.start(server)
    (server.postgres / "PG_VERSION").write_text("18\n")
