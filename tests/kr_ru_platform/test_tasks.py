from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from kr_ru_platform import tasks
from kr_ru_platform.models import LastingCacheRow, Mail, MailState
from kr_ru_platform.running.lock_numbers import SENDING_MAIL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_queued(settings) -> None:
    """pytest-django would hand it straight to the outbox."""
    settings.EMAIL_BACKEND = "kr_ru_platform.running.mail.mail_queue.QueueBackend"


def write_mail(number: int) -> None:
    mail.send_mail(f"No. {number}", "text", "portal@example.org", [f"reader{number}@example.org"])


def test_queued_mail_waits_for_the_sweep_and_is_sent_once() -> None:
    for number in range(3):
        write_mail(number)
    assert mail.outbox == []
    tasks.send_queued_mail()
    tasks.send_queued_mail()
    assert [message.subject for message in mail.outbox] == ["No. 0", "No. 1", "No. 2"]
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_second_sweep_leaves_mail_to_the_first() -> None:
    write_mail(1)
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [SENDING_MAIL])
        tasks.send_queued_mail()
        assert mail.outbox == []
    finally:
        other.close()


def test_old_mail_is_deleted_but_not_what_waits() -> None:
    for number in range(3):
        write_mail(number)
    Mail.objects.exclude(subject="No. 2").update(
        created_at=timezone.now() - timedelta(days=tasks.DAYS_TO_KEEP_MAIL + 1)
    )
    Mail.objects.filter(subject="No. 0").update(state=MailState.SENT)
    tasks.delete_old_mail()
    assert [row.subject for row in Mail.objects.order_by("pk")] == ["No. 1", "No. 2"]


def test_counts_whose_time_is_over_are_deleted() -> None:
    now = timezone.now()
    LastingCacheRow.objects.create(cache_key="old", value="", expires_at=now - timedelta(seconds=1))
    LastingCacheRow.objects.create(cache_key="new", value="", expires_at=now + timedelta(minutes=1))
    tasks.delete_old_counts()
    assert list(LastingCacheRow.objects.values_list("cache_key", flat=True)) == ["new"]
