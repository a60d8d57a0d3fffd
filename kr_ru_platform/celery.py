"""The Celery application. Tasks live in each app's tasks.py."""

import os
import time
from importlib import import_module

from billiard.process import current_process
from celery import Celery
from celery.signals import heartbeat_sent, setup_logging, worker_process_init
from django.core.cache import cache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kr_ru_platform.settings.local")
# Processes, not threads, share the cores. Read when numpy is loaded, which is later.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = Celery("kr_ru_platform")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Connects to the signals of the tasks.
import_module("kr_ru_platform.running.watching.task_records")


@setup_logging.connect
def keep_logging(**_kwargs: object) -> None:
    """Django's settings have set it up already; while somebody listens here, Celery does not do it its own way."""


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


@worker_process_init.connect
def end_without_worker(**_kwargs: object) -> None:
    """A process of the pool is told when the worker dies, but not of a death before it could ask to be told."""
    if os.getppid() != current_process()._parent_pid:
        os._exit(0)
