from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from post_office.models import STATUS, Email

from kr_ru_platform import tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_is_queued(settings) -> None:
    """pytest-django would hand it straight to the outbox."""
    settings.EMAIL_BACKEND = "post_office.EmailBackend"


def write_mail(number: int) -> None:
    mail.send_mail(f"No. {number}", "text", "portal@example.org", [f"reader{number}@example.org"])


def test_queued_mail_waits_for_the_sweep_and_is_sent_once() -> None:
    for number in range(3):
        write_mail(number)
    assert mail.outbox == []
    tasks.send_queued_mail()
    tasks.send_queued_mail()
    assert sorted(message.subject for message in mail.outbox) == ["No. 0", "No. 1", "No. 2"]
    assert set(Email.objects.values_list("status", flat=True)) == {STATUS.sent}


def test_mail_that_cannot_be_sent_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    write_mail(1)
    tasks.send_queued_mail()
    email = Email.objects.get()
    assert (email.status, email.number_of_retries) == (STATUS.requeued, 1)
    assert email.scheduled_time > timezone.now()


def test_second_sweep_leaves_mail_to_the_first() -> None:
    write_mail(1)
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [tasks.MAIL_LOCK])
        tasks.send_queued_mail()
        assert mail.outbox == []
    finally:
        other.close()


def test_old_mail_is_deleted() -> None:
    write_mail(1)
    write_mail(2)
    old = Email.objects.order_by("pk").first()
    Email.objects.filter(pk=old.pk).update(created=timezone.now() - timedelta(days=tasks.DAYS_TO_KEEP_MAIL + 1))
    tasks.delete_old_mail()
    assert [email.subject for email in Email.objects.all()] == ["No. 2"]
