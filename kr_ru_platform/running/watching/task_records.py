"""When each task of the worker last went through, and how often it has been begun since.

Kept in the cache: what is lost with it is known again after the next round. A task that is killed
says nothing, so beginnings are counted, not failures.
"""

import time
from dataclasses import dataclass
from typing import Any

from celery.signals import task_failure, task_prerun, task_success
from django.conf import settings
from django.core.cache import cache

# So many beginnings without an end, over so many seconds, are no accident.
MANY_ATTEMPTS = 5
LONG = 300


@dataclass(frozen=True)
class TaskRecord:
    name: str
    # Seconds since the epoch; None for never, as far as is known.
    succeeded_at: float | None = None
    first_attempt_at: float | None = None
    attempts: int = 0
    # The class of the last error; its text may hold what somebody wrote.
    error: str = ""

    @property
    def keeps_failing(self) -> bool:
        began = self.first_attempt_at or time.time()
        return self.attempts >= MANY_ATTEMPTS and time.time() - began > LONG


def record_of(name: str) -> TaskRecord:
    return TaskRecord(name, **(cache.get(_key(name)) or {}))


def watched_records() -> list[TaskRecord]:
    """Of the tasks without which nothing goes on."""
    return [record_of(name) for name in settings.WATCHED_TASKS]


def forget() -> None:
    """At a start: what went wrong in an earlier life says nothing about this one."""
    for name in settings.WATCHED_TASKS:
        cache.delete(_key(name))


def note_failure(name: str, error: str) -> None:
    """Also for a task that ends in order because it can do nothing: its attempt counts as one that failed."""
    record = record_of(name)
    _keep(record, error=error)


@task_prerun.connect
def _begun(task: Any = None, **_kwargs: Any) -> None:
    record = record_of(task.name)
    began = record.first_attempt_at if record.attempts else time.time()
    _keep(record, attempts=record.attempts + 1, first_attempt_at=began)


@task_success.connect
def _succeeded(sender: Any = None, **_kwargs: Any) -> None:
    cache.set(_key(sender.name), {"succeeded_at": time.time()}, timeout=None)


@task_failure.connect
def _failed(sender: Any = None, exception: BaseException | None = None, **_kwargs: Any) -> None:
    note_failure(sender.name, type(exception).__name__)


def _keep(record: TaskRecord, **changed: Any) -> None:
    names = ("succeeded_at", "first_attempt_at", "attempts", "error")
    cache.set(_key(record.name), {name: getattr(record, name) for name in names} | changed, timeout=None)


def _key(name: str) -> str:
    return f"task-record-{name}"
