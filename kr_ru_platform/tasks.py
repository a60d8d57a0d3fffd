"""What the worker does for every app."""

from datetime import timedelta

from celery import shared_task
from django.db import connection
from django.utils import timezone
from post_office.mail import get_queued, send_queued
from post_office.utils import cleanup_expired_mails

MAIL_LOCK = 20_190_501
DAYS_TO_KEEP_MAIL = 90


@shared_task(time_limit=400)
def send_queued_mail() -> None:
    """One sweep at a time; the lock falls with the connection when a worker is killed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [MAIL_LOCK])
        if not cursor.fetchone()[0]:
            return
        try:
            for _batch in range(5):
                if get_queued().exists():
                    send_queued()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MAIL_LOCK])


@shared_task(time_limit=600)
def delete_old_mail() -> None:
    cleanup_expired_mails(timezone.now() - timedelta(days=DAYS_TO_KEEP_MAIL), delete_attachments=True)
