"""Child processes that do not outlive this one."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kr_ru_platform.embedded.layout import BASE_DIR, ServiceError

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
NOBODY = 65534
LARGEST_LOG = 10 * 1024 * 1024


def enter_user_namespace() -> None:
    """Root becomes `nobody` in its own eyes; outside, files and processes stay root's.

    PostgreSQL refuses to run as root. This way it runs in folders that only root can enter.
    """
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "user namespaces are not allowed")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} {user} 1"),
        ("gid_map", f"{NOBODY} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text)


def die_with_parent(parent: int, death_signal: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)


def open_log(path: Path) -> int:
    if path.exists() and path.stat().st_size > LARGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def shorten_log(path: Path) -> None:
    """While it is written to: copied away and emptied, since its writers add at its end. Lines between are lost."""
    try:
        if path.stat().st_size > LARGEST_LOG:
            shutil.copyfile(path, path.with_suffix(".log.1"))
            path.with_suffix(".log.1").chmod(0o600)
            os.truncate(path, 0)
    except OSError:
        return  # A disk that is full; the log goes on growing meanwhile.


def last_lines(path: Path, count: int = 15) -> str:
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])


@dataclass
class ChildProcess:
    """A program in a session of its own, so that Ctrl-C reaches only us and we stop things in order."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self, signals: Sequence[tuple[int, float]]) -> None:
        """Send each signal in turn and wait so many seconds for it to work."""
        for number, seconds in signals:
            if not self.is_alive:
                break
            self.process.send_signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
        self.kill_group()

    def kill_group(self) -> None:
        """End what a program has left behind, such as the pool of a worker that was killed."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()


@dataclass(frozen=True)
class Rights:
    """As which user a program runs, and what it does first in its own process."""

    user: int | None = None
    before: Callable[[], None] | None = None


def spawn(
    name: str,
    command: Sequence[str | Path],
    log: Path,
    *,
    death_signal: int = signal.SIGTERM,
    environment: dict[str, str] | None = None,
    rights: Rights = Rights(),
) -> ChildProcess:
    parent, user = os.getpid(), rights.user

    def prepare() -> None:
        if rights.before:
            rights.before()
        die_with_parent(parent, death_signal)

    output = open_log(log)
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=environment,
            cwd=BASE_DIR if user is None else "/",
            start_new_session=True,
            preexec_fn=prepare,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    finally:
        os.close(output)
    return ChildProcess(name, log, process)


def wait_until(is_ready: Callable[[], bool], child: ChildProcess, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not is_ready():
        if not child.is_alive:
            raise ServiceError(f"{child.name} did not start. The end of {child.log}:\n{last_lines(child.log)}")
        if time.monotonic() > deadline:
            raise ServiceError(f"{child.name} was not ready after {seconds:.0f} seconds; see {child.log}.")
        time.sleep(0.03)
