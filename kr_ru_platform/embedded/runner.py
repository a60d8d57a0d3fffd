"""Web server, worker and clock of a single machine, watched and stopped in order."""

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kr_ru_platform.embedded import local_mode, services
from kr_ru_platform.embedded.address import WebAddress
from kr_ru_platform.embedded.layout import Layout, ServiceError
from kr_ru_platform.embedded.process import ChildProcess, last_lines, shorten_log, spawn

STOP = [(signal.SIGTERM, 5.0), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 5.0)]
LONGEST_PAUSE = 30.0
# A slow machine is given its time; what does not start at all is seen by its failures.
READY_WITHIN = 600.0
SECONDS_BETWEEN_LOGS = 30.0


@dataclass
class Program:
    """One of the portal's own programs; started again, ever more slowly, when it ends by itself."""

    name: str
    command: Sequence[str]
    log: Path
    death_signal: int = signal.SIGTERM
    child: ChildProcess | None = None
    started_at: float = 0.0
    pause: float = 1.0
    failures: int = field(default=0)

    def start(self) -> None:
        self.child = spawn(self.name, self.command, self.log, death_signal=self.death_signal)
        self.started_at = time.monotonic()

    def watch(self) -> None:
        if self.child is None:
            if time.monotonic() >= self.started_at:
                self.start()
        elif not self.child.is_alive:
            code = self.child.process.returncode
            self.child.kill_group()
            self.child = None
            lived = time.monotonic() - self.started_at
            self.failures += 1
            self.pause = 1.0 if lived > 60 else min(self.pause * 2, LONGEST_PAUSE)
            self.started_at = time.monotonic() + self.pause
            print(f"The {self.name} ended with code {code}; starting it again in {self.pause:.0f} s. See {self.log}.")


def programs(layout: Layout, address: WebAddress) -> list[Program]:
    python = sys.executable
    gunicorn = [python, "-m", "gunicorn", "kr_ru_platform.wsgi:application", "--bind", str(address)]
    gunicorn += ["--worker-class", "gthread", "--workers", os.environ.get("WEB_WORKERS") or "2", "--threads", "4"]
    gunicorn += ["--no-control-socket", "--graceful-timeout", "5", "--timeout", "60"]
    celery = [python, "-m", "celery", "-A", "kr_ru_platform"]
    worker = [*celery, "worker", "--concurrency", os.environ.get("WORKER_CONCURRENCY") or "2"]
    worker += ["--without-mingle", "--without-gossip", "--loglevel", "INFO"]
    beat = [*celery, "beat", "--schedule", str(layout.data_dir / "celerybeat-schedule"), "--pidfile="]
    beat += ["--loglevel", "INFO"]
    # When we are killed: both end at once. A worker that hands its tasks back may wait for a broker that is gone, and
    # go on beside the next one; what it had in hand is found again by the clock.
    return [
        Program("web server", gunicorn, layout.log / "web.log", signal.SIGQUIT),
        Program("worker", worker, layout.log / "worker.log", signal.SIGKILL),
        Program("clock", beat, layout.log / "beat.log"),
    ]


def run(layout: Layout, address: WebAddress) -> None:
    """Until a signal comes, which is raised here as KeyboardInterrupt or SystemExit."""
    # Without a buffer, so that a log ends with the last words of whoever wrote it.
    os.environ["PYTHONUNBUFFERED"] = "1"
    # For the links in e-mails.
    if not local_mode.is_on("LOCAL_NETWORK", os.environ):
        os.environ.setdefault("PUBLIC_BASE_URL", address.local_url)
    all_programs = programs(layout, address)
    try:
        for program in all_programs:
            program.start()
        wait_until_ready(all_programs, address)
        print(f"Portal ready at http://{address}", flush=True)
        looked_at_logs = time.monotonic()
        while True:
            watch(all_programs)
            if time.monotonic() - looked_at_logs > SECONDS_BETWEEN_LOGS:
                looked_at_logs = time.monotonic()
                for path in layout.log.glob("*.log"):
                    shorten_log(path)
            time.sleep(0.2)
    finally:
        services.ignore_signals()
        print("Stopping …", flush=True)
        stop(all_programs)


def watch(all_programs: list[Program]) -> None:
    if services.running:
        services.running.check()
    for program in all_programs:
        program.watch()
    sys.stdout.flush()


def wait_until_ready(all_programs: list[Program], address: WebAddress) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while (answer := ask(f"{address.local_url}/healthz")) != "ok":
        watch(all_programs)
        for program in all_programs:
            if program.failures >= 3:
                end = last_lines(program.log)
                raise ServiceError(f"The {program.name} does not start. The end of {program.log}:\n{end}")
        if time.monotonic() > deadline:
            raise ServiceError(f"The portal was not ready after {READY_WITHIN:.0f} seconds: {answer}")
        time.sleep(0.1)


def ask(url: str) -> str:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5) as answer:
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        return error.read().decode(errors="replace")[:500]
    except (OSError, ValueError) as error:
        return str(error)


def stop(all_programs: list[Program]) -> None:
    """All are asked at once, then each is waited for."""
    children = [program.child for program in all_programs if program.child]
    for child in children:
        if child.is_alive:
            child.process.terminate()
    for child in children:
        child.stop(STOP)
