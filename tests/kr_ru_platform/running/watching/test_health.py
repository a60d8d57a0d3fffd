import socket
import time
from functools import partial
from unittest.mock import ANY

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from kombu.exceptions import OperationalError

from kr_ru_platform.celery import HEARTBEAT_KEY
from kr_ru_platform.running.beat import HEARTBEAT_KEY as BEAT_KEY
from kr_ru_platform.running.watching import health, task_records
from kr_ru_platform.tasks import send_queued_mail
from tests.services import Broker, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_heartbeat_of_the_worker_yet() -> None:
    cache.delete(HEARTBEAT_KEY)
    cache.set(BEAT_KEY, time.time())
    task_records.forget()


def test_healthz_says_ok_while_everything_is_up(client: Client) -> None:
    cache.set(HEARTBEAT_KEY, time.time())
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "down": [],
        "database": {"ok": True},
        "broker": {"ok": True},
        "worker": {"ok": True, "heartbeat_age_seconds": ANY},
        "clock": {"ok": True, "heartbeat_age_seconds": ANY},
        "tasks": {"ok": True},
    }


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (None, {"ok": False, "error": "no heartbeat yet"}),
        (31, {"ok": False, "error": "heartbeat too old", "heartbeat_age_seconds": pytest.approx(31, abs=2)}),
    ],
)
def test_healthz_names_a_worker_that_is_down(client: Client, age: int | None, expected: dict[str, object]) -> None:
    if age is not None:
        cache.set(HEARTBEAT_KEY, time.time() - age)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["down"]) == (503, ["worker"])
    assert answer.json()["worker"] == expected


def test_healthz_names_a_broker_that_is_down_and_is_quick(client: Client, broker: Broker) -> None:
    broker.stop()
    asked_at = time.monotonic()
    answer = client.get("/healthz")
    assert time.monotonic() - asked_at < 2
    assert (answer.status_code, answer.json()["down"]) == (503, ["broker", "worker", "clock", "tasks"])


def test_healthz_is_quick_when_the_broker_hangs(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        connect = partial(health.celery_app.connection_for_write, url)
        monkeypatch.setattr(health.celery_app, "connection_for_write", connect)
        asked_at = time.monotonic()
        answer = client.get("/healthz")
    assert time.monotonic() - asked_at < 2
    assert (answer.status_code, answer.json()["down"]) == (503, ["broker", "worker", "clock", "tasks"])


def test_healthz_names_a_clock_that_has_stopped(client: Client) -> None:
    cache.set(HEARTBEAT_KEY, time.time())
    cache.set(BEAT_KEY, time.time() - 31)
    assert client.get("/healthz").json()["down"] == ["clock"]


def test_healthz_is_not_ok_while_a_task_never_gets_through(client: Client, monkeypatch) -> None:
    cache.set(HEARTBEAT_KEY, time.time())
    for _ in range(task_records.MANY_ATTEMPTS):
        task_records._begun(task=send_queued_mail)
    # Five at once may be five workers.
    assert client.get("/healthz").json()["status"] == "ok"
    monkeypatch.setattr(task_records, "LONG", -1)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["tasks"]) == (
        503,
        {"ok": False, "error": "tasks keep failing", "failing": {send_queued_mail.name: "cut off"}},
    )
    # The other two answer for the web server alone: nobody is to start it again because of that.
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 200]


def test_readyz_needs_the_database_and_livez_nobody(client: Client, monkeypatch, broker: Broker) -> None:
    broker.stop()
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 200]
    broker.start()

    def fail() -> None:
        raise OSError

    monkeypatch.setattr(connection, "cursor", fail)
    assert [client.get(address).status_code for address in ("/livez", "/readyz")] == [200, 503]


def test_sending_a_task_does_not_wait_for_a_broker_that_is_down(broker: Broker) -> None:
    broker.stop()
    asked_at = time.monotonic()
    with pytest.raises(OperationalError):
        send_queued_mail.delay()
    assert time.monotonic() - asked_at < 1
    broker.start()
    send_queued_mail.delay()


def test_healthz_names_a_database_that_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError

    cache.set(HEARTBEAT_KEY, time.time())
    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["down"]) == (503, ["database"])


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_writes_its_heartbeat(client: Client, real_worker: Worker) -> None:
    real_worker.wait_for(lambda: client.get("/healthz").status_code == 200)
