"""Who starts and stops the embedded services, and who only uses them."""

import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

from kr_ru_platform.embedded import postgres, valkey
from kr_ru_platform.embedded.address import WebAddress
from kr_ru_platform.embedded.layout import Layout, ServiceError
from kr_ru_platform.embedded.process import ChildProcess, die_with_parent, last_lines

# Commands that ask no service anything.
WITHOUT_SERVICES = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "version",
}


class Lock:
    """A locked file; the system frees it when its holder ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.file: IO[str] = path.open("a+")

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self.file, how)
        except BlockingIOError:
            return False
        return True

    def free(self) -> None:
        fcntl.flock(self.file, fcntl.LOCK_UN)

    def write(self, note: dict[str, object] | None) -> None:
        self.file.seek(0)
        self.file.truncate()
        self.file.write(json.dumps(note) if note else "")
        self.file.flush()

    def read(self) -> dict[str, object]:
        self.file.seek(0)
        try:
            return dict(json.loads(self.file.read()))
        except ValueError:
            return {}


class Services:
    """The embedded services that this process has started."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.children: list[tuple[ChildProcess, Sequence[tuple[int, float]]]] = []

    def start(self, names: Sequence[str], say: Callable[[str], object], *, durable: bool = True) -> None:
        self.layout.create()
        if "DATABASE_URL" in names:
            if not self.layout.postgres.exists():
                say("Creating the database …")
            self.children.append((postgres.start(self.layout, durable=durable), postgres.STOP))
        if "REDIS_URL" in names:
            self.children.append((valkey.start(self.layout), valkey.STOP))

    def check(self) -> None:
        for child, _stop in self.children:
            if not child.is_alive:
                raise ServiceError(f"{child.name} has ended. The end of {child.log}:\n{last_lines(child.log)}")

    def stop(self) -> None:
        while self.children:
            child, how = self.children.pop()
            child.stop(how)


# What `manage.py portal` watches; none when the services are somebody else's.
running: Services | None = None


@contextmanager
def services_for(argv: Sequence[str]) -> Iterator[None]:
    """Everything a manage.py command needs: running services and their addresses in the environment."""
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if not missing or is_production() or not needs_services(argv):
        yield
        return
    layout = Layout.from_environment()
    is_portal = argv[1] == "portal"
    layout.create()
    try:
        owner, users = Lock(layout.data_dir / "owner.lock"), Lock(layout.data_dir / "users.lock")
    except PermissionError as error:
        raise ServiceError(f"{layout.data_dir} belongs to another user; choose another DATA_DIR.") from error
    with signals_raised(once=is_portal):
        if become_owner_or_user(layout, owner, users, is_portal=is_portal):
            with owned(layout, owner, users, missing, argv):
                yield
        else:
            publish(layout, missing)
            yield


def is_production() -> bool:
    return os.environ.get("DJANGO_SETTINGS_MODULE", "").endswith(".production")


def needs_services(argv: Sequence[str]) -> bool:
    return len(argv) > 1 and argv[1] not in WITHOUT_SERVICES and not {"--help", "-h", "--version"} & set(argv)


def publish(layout: Layout, names: Sequence[str]) -> None:
    addresses = {"DATABASE_URL": layout.database_url(), "REDIS_URL": layout.redis_url}
    os.environ.update({name: addresses[name] for name in names})
    # For dbshell, which looks for psql there.
    os.environ["PATH"] = f"{postgres.INSTALLATION / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"


def become_owner_or_user(layout: Layout, owner: Lock, users: Lock, *, is_portal: bool) -> bool:
    """True for the owner. A user waits until the owner's services answer."""
    deadline = time.monotonic() + 120
    while not owner.take():
        if is_portal:
            note = owner.read()
            raise ServiceError(
                f"{layout.data_dir} is in use by process {note.get('pid', '?')} "
                f"(manage.py {note.get('command', '?')}). Stop it first, or choose another DATA_DIR."
            )
        # The owner waits for its users before it stops, so from here on the services stay.
        users.take(shared=True, wait=True)
        if valkey.is_ready(layout) and postgres.is_ready(layout, "portal"):
            return False
        users.free()
        if time.monotonic() > deadline:
            raise ServiceError(f"The services in {layout.data_dir} do not answer; see {layout.log}.")
        time.sleep(0.1)
    return True


@contextmanager
def owned(layout: Layout, owner: Lock, users: Lock, names: Sequence[str], argv: Sequence[str]) -> Iterator[None]:
    global running
    is_portal = argv[1] == "portal"
    say = print if is_portal else (lambda text: print(text, file=sys.stderr))
    # A note that is still there was left by an owner that was killed.
    crashed = bool(owner.read())
    owner.write({"pid": os.getpid(), "command": argv[1]})
    services = Services(layout)
    try:
        if is_portal:
            if os.environ.get("PORTAL_STOP_WITH_PARENT"):
                die_with_parent(os.getppid(), signal.SIGTERM)
            if crashed:
                say("The portal was not stopped in order last time; its data is checked now.")
            WebAddress.from_environment().check_free(patience=15 if crashed else 0)
        services.start(names, say)
        publish(layout, names)
        running = services
        try:
            yield
        finally:
            if not is_portal and not users.take():
                say("Waiting for other manage.py commands that use the same services …")
                users.take(wait=True)
    finally:
        running = None
        ignore_signals()
        services.stop()
        owner.write(None)
        owner.free()
        users.free()


def ignore_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def signals_raised(*, once: bool) -> Iterator[None]:
    """A signal to end unwinds this process in order instead of ending it at once.

    Once: a second signal, such as an impatient Ctrl-C, must not disturb the stopping.
    """

    def leave(number: int, _frame: FrameType | None) -> None:
        if once:
            ignore_signals()
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    for number, handler in before.items():
        # Whoever started us with nohup wants a hang-up ignored.
        if number != signal.SIGHUP or handler is not signal.SIG_IGN:
            signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
