import socket
import time

import pytest

from kr_ru_platform.embedded.address import WebAddress
from kr_ru_platform.embedded.layout import ServiceError


def from_environment(monkeypatch, **values):
    for name in ("HOST", "PORT"):
        monkeypatch.setenv(name, values.get(name, ""))
    return WebAddress.from_environment()


def test_address_is_that_of_the_environment_or_this_machine_alone(monkeypatch):
    assert from_environment(monkeypatch) == WebAddress("127.0.0.1", 8000)
    assert from_environment(monkeypatch, HOST="0.0.0.0", PORT="65535") == WebAddress("0.0.0.0", 65535)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "8e3"])
def test_port_that_is_none_is_refused(monkeypatch, port):
    with pytest.raises(ServiceError, match=port):
        from_environment(monkeypatch, PORT=port)


@pytest.mark.parametrize(
    ("host", "written", "url"),
    [
        ("127.0.0.1", "127.0.0.1:80", "http://127.0.0.1:80"),
        ("0.0.0.0", "0.0.0.0:80", "http://127.0.0.1:80"),
        ("::", "[::]:80", "http://[::1]:80"),
        ("portal", "portal:80", "http://portal:80"),
    ],
)
def test_address_is_written_and_asked_from_here(host, written, url):
    address = WebAddress(host, 80)
    assert (str(address), address.local_url) == (written, url)


def test_port_in_use_is_waited_for_and_then_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = WebAddress(*other.getsockname())
        began = time.monotonic()
        with pytest.raises(ServiceError, match=f"Port {address.port} is in use"):
            address.check_free(0.3)
        assert time.monotonic() - began >= 0.3
    address.check_free(5)


def test_address_of_another_machine_is_refused_at_once():
    with pytest.raises(ServiceError, match="Cannot listen on 192.0.2.1:8000"):
        WebAddress("192.0.2.1", 8000).check_free(60)
