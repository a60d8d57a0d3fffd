"""The figures of /metrics."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.running.beat import HEARTBEAT_KEY as BEAT_KEY
from kr_ru_platform.running.watching import machine_state, task_records
from matching import metrics
from matching.domain.index.indexing import index_encoder
from matching.models import IndexRecord, IndexState
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def figures() -> dict[str, float]:
    """By name and label, as they are written for Prometheus."""
    lines = [line for line in metrics.text().decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def write_mail(state: str, *, minutes: int) -> None:
    row = Mail.objects.create(
        receiver="kim@example.org",
        subject="제목",
        message_id=f"<{state}{minutes}@x>",
        state=state,
        due_at=timezone.now(),
    )
    Mail.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(minutes=minutes))


def test_program_that_never_said_that_it_lives_has_no_age():
    cache.delete(machine_state.WORKER_KEY)
    cache.set(BEAT_KEY, time.time() - 50)
    told = {name: value for name, value in figures().items() if name.startswith("portal_heartbeat")}
    assert told == {'portal_heartbeat_age_seconds{program="clock"}': pytest.approx(50, abs=10)}


def test_waiting_rows_are_counted_with_the_age_of_the_oldest():
    technology = TechnologyFactory()
    IndexRecord.objects.create(technology=technology, revision=0, encoder=index_encoder(), text_hash="")
    type(technology).objects.update(updated_at=timezone.now() - timedelta(minutes=10))
    told, kinds = figures(), ("technology_index", "demand_index")
    assert [told[f'portal_waiting_rows{{kind="{kind}"}}'] for kind in kinds] == [1, 0]
    assert [told[f'portal_oldest_waiting_row_age_seconds{{kind="{kind}"}}'] for kind in kinds] == [
        pytest.approx(600, abs=60),
        0,
    ]


def test_row_that_cannot_be_indexed_is_unreadable_and_does_not_wait():
    IndexRecord.objects.create(
        technology=TechnologyFactory(), revision=0, encoder=index_encoder(), text_hash="", failures=2
    )
    told = figures()
    assert [
        told[f'portal_{name}_rows{{kind="{kind}"}}']
        for name, kind in (("unreadable", "technology"), ("waiting", "technology_index"), ("unreadable", "demand"))
    ] == [1, 0, 0]


def test_encoder_that_cannot_be_loaded_is_told():
    before = figures()["portal_encoder_unavailable"]
    IndexState.objects.update_or_create(id=1, defaults={"encoder": "use", "problem": "no such package"})
    assert (before, figures()["portal_encoder_unavailable"]) == (0, 1)


def test_mails_that_wait_and_those_given_up_are_counted():
    empty = figures()["portal_oldest_unsent_mail_age_seconds"]
    for state, minutes in (
        (MailState.WAITING, 10),
        (MailState.WAITING, 5),
        (MailState.FAILED, 30),
        (MailState.SENT, 40),
    ):
        write_mail(state, minutes=minutes)
    told = figures()
    assert (empty, told["portal_unsent_mails"], told["portal_failed_mails"]) == (0, 2, 1)
    assert told["portal_oldest_unsent_mail_age_seconds"] == pytest.approx(600, abs=60)


def test_task_that_never_went_through_has_attempts_and_no_time():
    task_records.forget()
    task_records._begun(task=type("Task", (), {"name": "matching.sweep_needs"}))
    told = {name: value for name, value in figures().items() if "matching.sweep_needs" in name}
    assert told == {'portal_task_attempts{task="matching.sweep_needs"}': 1}
