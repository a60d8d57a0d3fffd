"""The embedded services by themselves."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kr_ru_platform.embedded import postgres, valkey
from kr_ru_platform.embedded.layout import Layout, ServiceError
from kr_ru_platform.embedded.services import needs_services
from tests.services import run_manage


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "data")
    layout.create()
    return layout


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """A data folder whose server has been stopped; each test leaves it so."""
    layout = Layout(tmp_path_factory.mktemp("server") / "data")
    layout.create()
    postgres.start(layout, durable=False).stop(postgres.STOP)
    return layout


@pytest.fixture
def reachable_folder() -> Iterator[Path]:
    """pytest's own folders are for their user alone."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_root_without_user_namespaces_runs_it_as_nobody(
    server: Layout, reachable_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_NO_USER_NAMESPACE", "1")
    monkeypatch.setattr("kr_ru_platform.embedded.rootless.SHARED", reachable_folder)
    child = postgres.start(server, durable=False)
    try:
        assert Path(f"/proc/{child.process.pid}").stat().st_uid == 65534
        assert ask(server, "SELECT 1") == 1
    finally:
        child.stop(postgres.STOP)
    monkeypatch.delenv("PORTAL_NO_USER_NAMESPACE")
    child = postgres.start(server, durable=False)
    child.stop(postgres.STOP)


def test_broker_keeps_what_it_was_told_when_it_is_killed(layout: Layout) -> None:
    child = valkey.start(layout)
    assert valkey.ask(layout.valkey_socket, b"CONFIG SET appendfsync always") == b"+OK\r\n"
    assert valkey.ask(layout.valkey_socket, b"SET kept yes") == b"+OK\r\n"
    child.process.send_signal(signal.SIGKILL)
    child.process.wait()
    child = valkey.start(layout)
    try:
        assert valkey.ask(layout.valkey_socket, b"GET kept") == b"$3\r\nyes\r\n"
    finally:
        child.stop(valkey.STOP)


@pytest.mark.parametrize("name", ["long" * 30, "папка 자료", "50%"])
def test_sockets_lie_elsewhere_when_the_folders_name_is_no_address(name: str, tmp_path: Path) -> None:
    layout = Layout(tmp_path / name)
    layout.create()
    assert layout.sockets.parent == Path("/tmp")
    assert Layout(tmp_path / name).sockets == layout.sockets
    layout.sockets.rmdir()


def test_sockets_in_a_folder_of_somebody_else_are_refused(tmp_path: Path) -> None:
    layout = Layout(tmp_path / ("long" * 30))
    layout.sockets.symlink_to(tmp_path)
    with pytest.raises(ServiceError, match="belongs to somebody else"):
        layout.create()
    layout.sockets.unlink()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("manage.py", False),
        ("manage.py help", False),
        ("manage.py check --deploy", False),
        ("manage.py migrate --help", False),
        ("manage.py migrate", True),
        ("manage.py shell -c 1", True),
    ],
)
def test_services_are_started_only_for_commands_that_use_them(command: str, expected: bool) -> None:
    assert needs_services(command.split()) is expected


def test_command_by_itself_has_services_for_its_own_duration(tmp_path: Path) -> None:
    code = "from django.core.cache import cache; from django.db import connection; cache.set('a', 1)"
    code += "; connection.ensure_connection(); print(cache.get('a'))"
    answer = run_manage("shell", "--no-imports", "-c", code, DATA_DIR=str(tmp_path / "data"))
    assert (answer.returncode, answer.stdout.strip()) == (0, "1"), answer.stderr
    assert postgres.servers_on(tmp_path / "data" / "pg") == []
    assert not valkey.is_ready(Layout(tmp_path / "data"))
