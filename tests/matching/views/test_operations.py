import time

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.running.beat import HEARTBEAT_KEY as BEAT_KEY
from kr_ru_platform.running.watching import machine_state, task_records
from matching.domain import backlog
from matching.models import IndexRecord, IndexState
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(create_programme_admin())
    return lambda: client.get(reverse("operations"))


def test_page_shows_what_waits_and_since_when(page) -> None:
    technology = TechnologyFactory(state="published")
    IndexRecord.objects.create(
        technology=technology, revision=0, encoder=backlog.indexing.index_encoder(), text_hash=""
    )
    answer = page()
    work = {row.code: (row.count, row.oldest_at) for _label, row in answer.context["work"]}
    assert work["technology_index"] == (1, technology.updated_at)
    assert work["imports"] == (0, None)


def test_page_tells_programs_that_are_silent_and_tasks_that_fail(page, monkeypatch) -> None:
    cache.set(BEAT_KEY, time.time())
    cache.delete(machine_state.WORKER_KEY)
    monkeypatch.setattr(task_records, "LONG", -1)
    task_records.forget()
    for _ in range(task_records.MANY_ATTEMPTS):
        task_records._begun(task=type("Task", (), {"name": "matching.sweep_needs"}))
    context = page().context
    assert {str(row["label"]): row["is_up"] for row in context["programs"]} == {
        "작업 처리기": False,
        "작업 예약기": True,
    }
    assert [str(row["label"]) for row in context["tasks"] if row["record"].keeps_failing] == [
        "수요기술·기업 정보 점수 산정"
    ]


def test_page_works_without_broker_and_cache(page, broker) -> None:
    broker.stop()
    answer = page()
    assert (answer.status_code, answer.context["queued"]) == (200, None)
    broker.start()


def test_page_tells_when_the_encoder_cannot_be_had(page) -> None:
    IndexState.objects.update_or_create(id=1, defaults={"encoder": "use", "problem": "no such package"})
    assert "no such package" in page().content.decode()


def test_metrics_do_not_exist_without_the_token(client, settings) -> None:
    settings.METRICS_TOKEN = ""
    client.force_login(create_staff())
    answers = [client.get("/metrics", headers={"authorization": "Bearer "}).status_code]
    settings.METRICS_TOKEN = "right"
    for shown in ("", "Bearer wrong", "Bearer ключ", "right-not"):
        answers.append(client.get("/metrics", headers={"authorization": shown}).status_code)
    assert answers == [404] * 5


def test_metrics_are_what_prometheus_reads(client, settings) -> None:
    settings.METRICS_TOKEN = "right"
    task_records.forget()
    technology = TechnologyFactory(state="published")
    IndexRecord.objects.create(
        technology=technology, revision=0, encoder=backlog.indexing.index_encoder(), text_hash=""
    )
    answer = client.get("/metrics", headers={"authorization": "Bearer right"})
    lines = answer.content.decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert 'portal_waiting_rows{kind="technology_index"} 1.0' in lines
    assert 'portal_task_attempts{task="matching.sweep"} 0.0' in lines
    assert {line.partition("{")[0].partition(" ")[0] for line in lines if not line.startswith("#")} >= {
        "portal_queued_tasks",
        "portal_oldest_waiting_row_age_seconds",
        "portal_disk_free_bytes",
        "portal_database_size_bytes",
    }


def mail(state: str) -> Mail:
    number = Mail.objects.count()
    return Mail.objects.create(
        receiver="kim@example.org",
        subject="제목",
        message_id=f"<{number}@x>",
        state=state,
        due_at=timezone.now(),
    )


def test_failed_mail_is_shown_and_sent_again(page, client) -> None:
    row = mail(MailState.FAILED)
    mail(MailState.SENT)
    figures = page().context["mail"]
    assert (figures.waiting, figures.failed, list(figures.last_failed)) == (0, 1, [row])
    answer = client.post(reverse("mail_try_again"), follow=True)
    assert "이메일 1건을 다시 발송합니다." in answer.content.decode()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.due_at <= timezone.now()) == (MailState.WAITING, 0, True)
    assert answer.context["mail"].oldest_at == row.created_at
