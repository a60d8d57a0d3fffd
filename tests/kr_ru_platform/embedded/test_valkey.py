import signal

from kr_ru_platform.embedded import valkey
from kr_ru_platform.embedded.layout import Layout


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


def test_broker_that_lost_its_parent_is_ended_first(layout: Layout) -> None:
    orphan = valkey.start(layout)
    child = valkey.start(layout)
    try:
        assert (orphan.is_alive, child.is_alive, valkey.is_ready(layout)) == (False, True, True)
    finally:
        child.stop(valkey.STOP)
    assert (valkey.is_ready(layout), valkey.ask(layout.valkey_socket, b"PING")) == (False, b"")
