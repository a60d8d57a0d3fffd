"""How the machine and its programs are: what an operator looks at, on a page or by /metrics."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

from kr_ru_platform.celery import HEARTBEAT_KEY as WORKER_KEY
from kr_ru_platform.celery import app
from kr_ru_platform.models import Mail, MailState
from kr_ru_platform.running.beat import HEARTBEAT_KEY as BEAT_KEY

QUEUE = "celery"
IMPATIENT = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
# Seconds after which whoever has not said that it lives is taken to be down.
OLDEST_HEARTBEAT = 30
# Below this share of free space somebody has to act before the disk is full.
LITTLE_ROOM = 0.1


@dataclass(frozen=True)
class DiskRoom:
    """Bytes of the disk on which a folder lies."""

    code: str
    free: int
    total: int

    @property
    def is_scarce(self) -> bool:
        return self.free < LITTLE_ROOM * self.total


@dataclass(frozen=True)
class MailFigures:
    waiting: int
    oldest_at: datetime | None
    failed: int
    # The newest of those that failed.
    last_failed: Sequence[Mail]


FAILED_SHOWN = 20


def mail_figures() -> MailFigures:
    waiting = Mail.objects.filter(state=MailState.WAITING).order_by("created_at")
    failed = Mail.objects.filter(state=MailState.FAILED).order_by("-pk")
    oldest = waiting.values_list("created_at", flat=True).first()
    return MailFigures(waiting.count(), oldest, failed.count(), list(failed[:FAILED_SHOWN]))


def heartbeat_ages() -> dict[str, float | None]:
    """Seconds since each last said that it lives; None for never, or when the cache cannot be asked."""
    written = {"worker": cache.get(WORKER_KEY), "clock": cache.get(BEAT_KEY)}
    return {name: None if at is None else max(0.0, time.time() - at) for name, at in written.items()}


def queued_tasks() -> int | None:
    """Messages that no worker has taken yet; None when the broker does not answer."""
    try:
        with app.connection_for_write(transport_options=IMPATIENT) as broker:
            return int(broker.default_channel.client.llen(QUEUE))
    except Exception:  # Each transport has its own errors.
        return None


def rooms() -> list[DiskRoom]:
    folders: dict[str, Path] = {"data": settings.DATA_DIR, "uploads": Path(settings.MEDIA_ROOT)}
    found = []
    for code, folder in folders.items():
        try:
            usage = shutil.disk_usage(folder)
        except OSError:
            continue  # Not made yet.
        found.append(DiskRoom(code, usage.free, usage.total))
    return found


def database_bytes() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
