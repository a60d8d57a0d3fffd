import time

import pytest
from django.core.cache import cache
from django.test import Client

from kr_ru_platform.celery import HEARTBEAT_KEY

pytestmark = pytest.mark.django_db


def test_healthz_says_ok_while_everything_is_up(client: Client) -> None:
    cache.set(HEARTBEAT_KEY, time.time())
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "down": [],
        "database": {"ok": True},
        "broker": {"ok": True},
        "worker": {"ok": True, "heartbeat_age_seconds": pytest.approx(0, abs=2)},
    }
