"""Views tell the worker after the commit, and do not mind if nobody listens."""

import logging

import pytest
from django.db import transaction

from kr_ru_platform.celery import app
from matching.nudge import SWEEP_NEEDS, SWEEP_TECHNOLOGIES, nudge_matching

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worker_is_told_after_the_commit_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(app, "send_task", lambda name, **options: sent.append(name))
    with transaction.atomic():
        nudge_matching()
        assert sent == []
    assert sent == [SWEEP_NEEDS, SWEEP_TECHNOLOGIES]


def test_a_broker_that_is_down_loses_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    tried: list[str] = []

    def refuse(name: str, **options: object) -> None:
        tried.append(name)
        raise ConnectionError

    monkeypatch.setattr(app, "send_task", refuse)
    with caplog.at_level(logging.WARNING):
        nudge_matching()
    assert (tried, "periodic sweep" in caplog.text) == ([SWEEP_NEEDS], True)
