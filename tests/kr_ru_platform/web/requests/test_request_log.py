import logging

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    names = ("address", "user", "method", "path", "status")
    return [{name: getattr(r, name) for name in names} for r in caplog.records if r.name == "portal.access"]


def test_request_is_logged_with_its_visitor_and_without_what_was_searched_for(client, caplog, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    caplog.set_level(logging.INFO, "portal.access")
    client.get("/technologies/?q=secret", headers={"x-forwarded-for": "198.51.100.9, 203.0.113.5"})
    assert lines(caplog) == [
        {"address": "203.0.113.5", "user": "-", "method": "GET", "path": "/technologies/", "status": 200}
    ]
    assert "secret" not in caplog.text


def test_health_checks_are_not_logged(client: Client, caplog) -> None:
    caplog.set_level(logging.INFO, "portal.access")
    client.get("/livez")
    assert lines(caplog) == []


@pytest.mark.parametrize(
    ("given", "is_kept"), [("proxy-0a1b2c3d", True), ("a b", False), ("x" * 65, False), ("short", False)]
)
def test_number_of_a_request_is_the_proxys_or_our_own(client: Client, given: str, is_kept: bool) -> None:
    number = client.get("/livez", headers={"x-request-id": given})["X-Request-ID"]
    assert (number == given) is is_kept
    assert is_kept or len(number) == 32


def test_foreign_host_is_refused_in_one_line(client: Client, settings, caplog) -> None:
    settings.ALLOWED_HOSTS = ["portal.example.org"]
    caplog.set_level(logging.INFO)
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert [record.path for record in caplog.records if record.name == "portal.access"] == ["/"]
