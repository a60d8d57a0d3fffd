import http.server
import json
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kr_ru_platform.embedded import runner
from kr_ru_platform.embedded.address import WebAddress
from kr_ru_platform.embedded.layout import Layout, ServiceError
from kr_ru_platform.embedded.process import last_lines
from kr_ru_platform.embedded.runner import Program

NOBODY_THERE = WebAddress("127.0.0.1", 1)
# Ends when the other has been asked as well.
PATIENT = """
import pathlib, signal, sys, time
asked = pathlib.Path({asked!r})
def leave(*_):
    while not asked.exists():
        time.sleep(0.01)
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("ready", flush=True)
time.sleep(60)
"""
QUICK = """
import pathlib, signal, sys, time
def leave(*_):
    pathlib.Path({asked!r}).touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
print("ready", flush=True)
time.sleep(60)
"""


def program(code: str, folder: Path, name: str = "worker") -> Program:
    return Program(name, [sys.executable, "-c", code], folder / f"{name}.log")


def end(one: Program) -> None:
    one.child.process.wait(20)
    one.watch()


def test_program_that_keeps_ending_is_started_ever_more_slowly(tmp_path: Path, capsys) -> None:
    worker, pauses = program("raise SystemExit(3)", tmp_path), []
    for _time in range(6):
        worker.start()
        end(worker)
        pauses.append(worker.pause)
    assert (pauses, worker.failures) == ([2.0, 4.0, 8.0, 16.0, 30.0, 30.0], 6)
    assert capsys.readouterr().out.splitlines()[0] == (
        f"The worker ended with code 3; starting it again in 2 s. See {worker.log}."
    )
    worker.watch()
    assert worker.child is None
    worker.started_at = time.monotonic()
    worker.watch()
    assert worker.child is not None
    worker.started_at -= 61
    end(worker)
    assert worker.pause == 1.0


def test_start_is_given_up_when_a_program_ends_three_times(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(runner, "LONGEST_PAUSE", 0.01)
    clock = program("print('no such schedule'); raise SystemExit(1)", tmp_path, "clock")
    with pytest.raises(ServiceError) as refused:
        runner.wait_until_ready([clock], NOBODY_THERE)
    lines = "\n".join(["no such schedule"] * 3)
    assert str(refused.value) == f"The clock does not start. The end of {clock.log}:\n{lines}"


def test_start_is_given_up_when_nobody_answers_in_time(monkeypatch) -> None:
    monkeypatch.setattr(runner, "READY_WITHIN", 0.2)
    with pytest.raises(ServiceError, match="The portal was not ready after 0 seconds: .*refused"):
        runner.wait_until_ready([], NOBODY_THERE)


def test_all_are_asked_to_stop_before_one_is_waited_for(tmp_path: Path) -> None:
    asked = str(tmp_path / "asked")
    both = [program(PATIENT.format(asked=asked), tmp_path, "a"), program(QUICK.format(asked=asked), tmp_path, "b")]
    for one in both:
        one.start()
    deadline = time.monotonic() + 20
    while not all("ready" in last_lines(one.log) for one in both) and time.monotonic() < deadline:
        time.sleep(0.02)
    runner.stop([*both, program("", tmp_path, "never started")])
    assert [one.child.process.returncode for one in both] == [0, 0]


@pytest.fixture
def health() -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """An address, and what it answers next."""
    answers: list[tuple[int, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, text = answers.pop()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_words: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/healthz", answers
        server.shutdown()


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        (200, json.dumps({"status": "ok", "down": []}), "ok"),
        (503, json.dumps({"status": "down"}), '{"status": "down"}'),
        (500, "x" * 600, "x" * 500),
        (200, "no json", "Expecting value: line 1 column 1 (char 0)"),
    ],
)
def test_answer_about_health_is_ok_or_tells_why_not(health, status: int, text: str, expected: str) -> None:
    url, answers = health
    answers.append((status, text))
    assert runner.ask(url) == expected


@pytest.mark.parametrize(("given", "workers"), [("", "2"), ("5", "5")])
def test_web_server_listens_where_it_is_told_with_so_many_processes(tmp_path, monkeypatch, given, workers) -> None:
    monkeypatch.setenv("WEB_WORKERS", given)
    web_server = runner.programs(Layout(tmp_path), WebAddress("::1", 8001))[0]
    options = [web_server.command[web_server.command.index(name) + 1] for name in ("--bind", "--workers")]
    assert options == ["[::1]:8001", workers]
