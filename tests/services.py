"""A throw-away PostgreSQL and Valkey for the tests, started before Django reads its settings.

Loaded with `-p tests.services`. With DATABASE_URL and REDIS_URL given, those are used instead.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kr_ru_platform.embedded import postgres, valkey
from kr_ru_platform.embedded.layout import Layout
from kr_ru_platform.embedded.process import ChildProcess, spawn

started: list[tuple[ChildProcess, list[tuple[int, float]]]] = []
# Ours, not the caller's: only then may a test stop it.
own_layout: Layout | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    global own_layout
    os.environ["DJANGO_SETTINGS_MODULE"] = "kr_ru_platform.settings.test"
    # Playwright's loop runs in the main thread; the ORM would refuse to work beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    is_xdist_worker = "PYTEST_XDIST_WORKER" in os.environ
    if os.environ.get("DATABASE_URL") and not (is_xdist_worker and os.environ.get("TESTS_OWN_SERVICES")):
        return
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    # In the way of PostgreSQL, should it have to run as another user than root.
    folder.chmod(0o755)
    atexit.register(stop_services, folder)
    own_layout = Layout(folder)
    own_layout.create()
    (folder / "static").mkdir()
    if not is_xdist_worker:
        started.append((postgres.start(own_layout, durable=False), postgres.STOP))
        os.environ["DATABASE_URL"] = own_layout.database_url("portal")
    # One broker for each worker of pytest-xdist: their tasks must not meet.
    started.append((valkey.start(own_layout), valkey.STOP))
    os.environ.update(REDIS_URL=own_layout.redis_url, DATA_DIR=str(folder), TESTS_OWN_SERVICES="1")


def stop_services(folder: Path) -> None:
    while started:
        child, how = started.pop()
        child.stop(how)
    shutil.rmtree(folder, ignore_errors=True)


class Broker:
    """Lets a test take the broker away and give it back."""

    def stop(self) -> None:
        child, how = started.pop()
        child.stop(how)

    def start(self) -> None:
        started.append((valkey.start(own_layout), valkey.STOP))


@pytest.fixture
def broker() -> Iterator[Broker]:
    if own_layout is None:
        pytest.skip("the broker of this run is not ours to stop")
    handle = Broker()
    yield handle
    if not valkey.is_ready(own_layout):
        handle.start()


class Worker:
    """A Celery worker of its own process, on the test's database and broker."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self.log = log
        self.child: ChildProcess | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "kr_ru_platform", "worker", "--concurrency", "1"]
        command += ["--without-mingle", "--without-gossip", "--loglevel", "INFO"]
        self.child = spawn("worker", command, self.log, environment=self.environment, death_signal=signal.SIGKILL)
        self.wait_for(lambda: "ready." in self.text(), 30)

    def text(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, is_done: Callable[[], bool], seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while not is_done():
            assert self.child is None or self.child.is_alive, f"the worker ended:\n{self.text()}"
            assert time.monotonic() < deadline, f"not done after {seconds} s; the worker says:\n{self.text()}"
            time.sleep(0.05)

    def kill(self) -> None:
        """As a crash would: at once, with its pool."""
        if self.child:
            self.child.kill_group()
            self.log.rename(self.log.with_suffix(f".{time.monotonic_ns()}"))
            self.child = None

    def stop(self) -> None:
        if self.child:
            self.child.stop([(signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)])
            self.child = None


@pytest.fixture
def real_worker(transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    from celery import current_app
    from django.db import connection

    current_app.control.purge()
    environment = dict(os.environ, DATABASE_URL=test_database_url(connection.settings_dict))
    environment.pop("PYTEST_CURRENT_TEST", None)
    worker = Worker(environment, tmp_path / "worker.log")
    worker.start()
    yield worker
    worker.stop()


def test_database_url(settings: dict[str, object]) -> str:
    login = quote(f"{settings['USER']}")
    if settings["PASSWORD"]:
        login += ":" + quote(f"{settings['PASSWORD']}", safe="")
    host, name, port = f"{settings['HOST']}", settings["NAME"], settings["PORT"] or 5432
    if host.startswith("/"):
        return f"postgres://{login}@:{port}/{quote(host)}/{name}"
    return f"postgres://{login}@{host}:{port}/{name}"


test_database_url.__test__ = False  # type: ignore[attr-defined]


def run_manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py as a person runs it: without the tests' services."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, env=clean_environment(**environment), capture_output=True, text=True, timeout=120)


def clean_environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS} | more


OF_THE_TESTS = {
    "DATABASE_URL",
    "REDIS_URL",
    "DATA_DIR",
    "DJANGO_SETTINGS_MODULE",
    "TESTS_OWN_SERVICES",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "PYTEST_XDIST_WORKER",
}
