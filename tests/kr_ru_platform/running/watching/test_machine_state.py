import time
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from kr_ru_platform.celery import app
from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.running.watching import machine_state
from kr_ru_platform.running.watching.machine_state import DiskRoom, MailFigures
from kr_ru_platform.tasks import send_queued_mail
from tests.services import Broker

pytestmark = pytest.mark.django_db


def mail(state: str) -> Mail:
    number = Mail.objects.count()
    return Mail.objects.create(
        receiver="kim@example.org", message_id=f"<{number}@x>", state=state, due_at=timezone.now()
    )


def test_figures_of_mail_tell_the_oldest_that_waits_and_the_newest_that_failed(monkeypatch) -> None:
    monkeypatch.setattr(machine_state, "FAILED_SHOWN", 2)
    failed = [mail(MailState.FAILED) for _number in range(3)]
    mail(MailState.SENT)
    waiting = [mail(MailState.WAITING) for _number in range(2)]
    assert machine_state.mail_figures() == MailFigures(2, waiting[0].created_at, 3, [failed[2], failed[1]])


def test_figures_of_mail_are_nothing_where_none_waits() -> None:
    assert machine_state.mail_figures() == MailFigures(0, None, 0, [])


def test_age_of_a_heartbeat_is_none_for_never_and_not_below_zero() -> None:
    cache.delete(machine_state.WORKER_KEY)
    # Another machine's clock may be ahead of ours.
    cache.set(machine_state.BEAT_KEY, time.time() + 60)
    assert machine_state.heartbeat_ages() == {"worker": None, "clock": 0.0}
    cache.set(machine_state.WORKER_KEY, time.time() - 40)
    assert machine_state.heartbeat_ages()["worker"] == pytest.approx(40, abs=5)


def test_queued_tasks_are_those_that_no_worker_has_taken(broker: Broker) -> None:
    app.control.purge()
    counts = [machine_state.queued_tasks()]
    for _time in range(2):
        send_queued_mail.delay()
    counts.append(machine_state.queued_tasks())
    app.control.purge()
    broker.stop()
    assert [*counts, machine_state.queued_tasks()] == [0, 2, None]


@pytest.mark.parametrize(("free", "is_scarce"), [(0, True), (9, True), (10, False), (100, False)])
def test_room_is_scarce_below_a_tenth(free: int, is_scarce: bool) -> None:
    assert DiskRoom("data", free, 100).is_scarce is is_scarce


def test_folder_that_is_not_made_yet_has_no_room(settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, str(tmp_path / "media")
    assert [room.code for room in machine_state.rooms()] == ["data"]
    (tmp_path / "media").mkdir()
    assert [(room.code, 0 < room.free < room.total) for room in machine_state.rooms()] == [
        ("data", True),
        ("uploads", True),
    ]
