"""The portal as a process: started, stopped, killed."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import clean_environment, run_manage

READY_WITHIN = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = free_port()
        self.output = data_dir.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None
        data_dir.mkdir()
        # The sample catalogue has tests of its own.
        (data_dir / "sample.stamp").touch()

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(
            DATA_DIR=str(self.data_dir), PORT=str(self.port), WEB_WORKERS="1", WORKER_CONCURRENCY="1"
        )

    def start(self) -> None:
        with self.output.open("wb") as output:
            command = [sys.executable, "manage.py", "portal"]
            self.process = subprocess.Popen(command, env=self.environment, stdout=output, stderr=output)
        deadline = time.monotonic() + READY_WITHIN
        while f"Portal ready at http://127.0.0.1:{self.port}\n" not in self.output.read_text():
            assert self.process.poll() is None, self.output.read_text()
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.1)

    def stop(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)

    def health(self) -> dict[str, object]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
            return json.load(answer)

    def shell(self, code: str) -> str:
        answer = run_manage("shell", "--no-imports", "-c", code, DATA_DIR=str(self.data_dir))
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.strip()

    def processes(self) -> list[int]:
        """Every living process that has this data folder in its environment or works inside it."""
        mark = f"DATA_DIR={self.data_dir}\0".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                is_living = entry.name.isdigit() and int(entry.name) != os.getpid() and (entry / "cmdline").read_bytes()
                # The servers write their title over their environment.
                if is_living and (
                    mark in (entry / "environ").read_bytes() + b"\0"
                    or (entry / "cwd").readlink().is_relative_to(self.data_dir)
                ):
                    found.append(int(entry.name))
            except OSError:
                continue
        return found

    def wait_for_no_process(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert self.processes() == []


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    # pytest's own folder is for its user alone, and too deep for a socket's address.
    portal = Portal(tmp_path / "data")
    yield portal
    for pid in portal.processes():
        os.kill(pid, signal.SIGKILL)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children die with their parent on Linux only")


def test_portal_that_was_killed_loses_nothing_and_stops_in_order(portal: Portal) -> None:
    portal.start()
    assert portal.health()["status"] == "ok"
    # Uses the services of the running portal, and commits while it runs.
    portal.shell("from django.contrib.auth.models import Group; Group.objects.create(name='kept')")
    kill_worker_and_wait_for_the_next(portal)

    portal.process.kill()
    portal.process.wait()
    portal.start()
    assert "was not stopped in order" in portal.output.read_text()
    assert portal.shell("from django.contrib.auth.models import Group; print(Group.objects.filter(name='kept'))") == (
        "<QuerySet [<Group: kept>]>"
    )

    assert portal.stop(signal.SIGTERM) == 0
    assert portal.processes() == []
    log = (portal.data_dir / "log" / "postgres.log").read_text()
    assert ("PANIC" in log, "database system is shut down" in log) == (False, True)


def kill_worker_and_wait_for_the_next(portal: Portal) -> None:
    words = "celery\0-A\0kr_ru_platform\0worker"
    first = child_of(portal, words)
    assert first
    os.kill(first, signal.SIGKILL)
    deadline = time.monotonic() + READY_WITHIN
    while child_of(portal, words) in (0, first):
        assert time.monotonic() < deadline, portal.output.read_text()
        time.sleep(0.2)
    assert "The worker ended with code -9; starting it again" in portal.output.read_text()


def test_second_copy_is_refused_and_a_dead_service_stops_all(portal: Portal) -> None:
    portal.start()
    second = run_manage("portal", DATA_DIR=str(portal.data_dir), PORT=str(free_port()))
    assert second.returncode == 1
    assert f"is in use by process {portal.process.pid} (manage.py portal). Stop it first" in second.stderr

    elsewhere = run_manage("portal", DATA_DIR=f"{portal.data_dir}-2", PORT=str(portal.port))
    assert elsewhere.returncode == 1
    assert f"Port {portal.port} is in use by another program. Choose another" in elsewhere.stderr

    os.kill(child_of(portal, "valkey-server") or pytest.fail("no Valkey"), signal.SIGKILL)
    assert portal.process.wait(60) == 1
    assert "Valkey has ended." in portal.output.read_text()
    portal.wait_for_no_process(5)


def child_of(portal: Portal, words: str) -> int:
    """The portal's own child with these words in its command line."""
    for pid in portal.processes():
        try:
            parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
            if parent == portal.process.pid and words.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        except OSError:
            continue
    return 0


@pytest.mark.parametrize("port", ["http", "0", "65536"])
def test_wrong_port_is_refused(port: str, tmp_path: Path) -> None:
    answer = run_manage("portal", DATA_DIR=str(tmp_path / "data"), PORT=port)
    assert (answer.returncode, answer.stderr.strip()) == (1, f"PORT must be a number from 1 to 65535, not '{port}'.")
