"""The Celery application. Tasks live in each app's tasks.py."""

import logging
import os
import time
from functools import partial

from celery import Celery, Task
from celery.signals import heartbeat_sent
from django.core.cache import cache
from django.db import transaction
from kombu.exceptions import OperationalError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kr_ru_platform.settings.local")

logger = logging.getLogger(__name__)

app = Celery("kr_ru_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

HEARTBEAT_KEY = "worker-heartbeat"
HEARTBEAT_EVERY = 5
_last_heartbeat = 0.0


@heartbeat_sent.connect
def write_heartbeat(**_kwargs: object) -> None:
    """Called in the worker's main process every two seconds, however busy its pool is."""
    global _last_heartbeat
    if time.time() - _last_heartbeat >= HEARTBEAT_EVERY:
        _last_heartbeat = time.time()
        cache.set(HEARTBEAT_KEY, _last_heartbeat, timeout=None)


def nudge(task: Task, *args: object) -> None:
    """Ask for a task after the commit. Only a hint: the worker's sweep finds the work without it."""
    transaction.on_commit(partial(_send, task, args))


def _send(task: Task, args: tuple[object, ...]) -> None:
    try:
        task.delay(*args)
    except OperationalError as error:
        logger.warning("The broker is down; the sweep will do %s later: %s", task.name, error)
