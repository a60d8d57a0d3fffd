"""What the worker does for every app."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from kr_ru_platform.models import LastingCacheRow, Mail, MailState
from kr_ru_platform.running.lock_numbers import SENDING_MAIL
from kr_ru_platform.running.locks import lock_for_a_while
from kr_ru_platform.running.mail.mail_sending import send_waiting
from kr_ru_platform.web.kept import kept_files, kept_posts, sent_forms
from kr_ru_platform.web.requests.throttling import delete_old_counts as delete_counts

DAYS_TO_KEEP_MAIL = 90


@shared_task(soft_time_limit=240, time_limit=300)
def send_queued_mail() -> None:
    """One sweep at a time: a slow mail server keeps one process of the worker busy, not all of them."""
    with lock_for_a_while(SENDING_MAIL) as is_mine:
        if is_mine:
            send_waiting()


@shared_task(time_limit=600)
def delete_old_mail() -> None:
    """Not what still waits to be sent."""
    old = Mail.objects.filter(created_at__lt=timezone.now() - timedelta(days=DAYS_TO_KEEP_MAIL))
    old.exclude(state=MailState.WAITING).delete()


@shared_task(time_limit=600)
def delete_old_counts() -> None:
    """Limits whose time is over; they say who did what."""
    delete_counts()
    LastingCacheRow.objects.filter(expires_at__lte=timezone.now()).delete()


@shared_task(time_limit=600)
def forget_kept_forms() -> None:
    """Texts and files whose day is over, and the notes of forms that arrived long ago."""
    kept_posts.forget_old()
    kept_files.forget_old()
    sent_forms.forget_old()
