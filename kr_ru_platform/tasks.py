"""What the worker does for every app."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from post_office.mail import get_queued, send_queued
from post_office.utils import cleanup_expired_mails

from kr_ru_platform.locks import lock_for_a_while
from kr_ru_platform.models import LastingCacheRow
from kr_ru_platform.web.throttling import delete_old_counts as delete_counts

MAIL_LOCK = 20_190_501
BATCHES = 5
DAYS_TO_KEEP_MAIL = 90


@shared_task(time_limit=400)
def send_queued_mail() -> None:
    """One sweep at a time, some batches of it."""
    with lock_for_a_while(MAIL_LOCK) as is_mine:
        for _batch in range(BATCHES if is_mine else 0):
            if get_queued().exists():
                send_queued()


@shared_task(time_limit=600)
def delete_old_mail() -> None:
    cleanup_expired_mails(timezone.now() - timedelta(days=DAYS_TO_KEEP_MAIL), delete_attachments=True)


@shared_task(time_limit=600)
def delete_old_counts() -> None:
    """Limits whose time is over; they say who did what."""
    delete_counts()
    LastingCacheRow.objects.filter(expires_at__lte=timezone.now()).delete()
