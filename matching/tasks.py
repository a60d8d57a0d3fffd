"""Sweeps: find what is stale, call the domain. Ids or nothing as arguments, safe to run at any time.

Each does a bounded piece of work and asks for the next one. Its time limit is many times what that takes on
an ordinary machine, since a slow one must get through as well: it ends only what hangs.
"""

import logging
import threading
from functools import lru_cache
from typing import Any

from celery import shared_task
from celery.exceptions import Ignore, SoftTimeLimitExceeded
from celery.signals import worker_process_init

from kr_ru_platform.running.watching.task_records import note_failure
from matching.domain import sweeping
from matching.domain.finding import index_recall
from matching.domain.index.warming_up import warm_up
from matching.domain.intake import import_turns
from matching.domain.runs import scoring_runs
from matching.domain.technologies import curation
from matching.embedding import EncoderUnavailableError
from matching.nudge import (
    SWEEP_IMPORTS,
    SWEEP_NEEDS,
    SWEEP_SCORING,
    SWEEP_TECHNOLOGIES,
    TEND_VECTOR_INDEXES,
    nudge_matching,
    nudge_scoring,
)

logger = logging.getLogger(__name__)


@worker_process_init.connect
def _warm_up(**_: Any) -> None:
    # In a thread: Celery gives a new process four seconds to report, and loading may take longer.
    threading.Thread(target=warm_up, daemon=True).start()


@shared_task(name=SWEEP_NEEDS, soft_time_limit=900, time_limit=930)
def sweep_needs() -> None:
    """What people wait for: demands and profiles just saved, then those whose scores are old."""
    was_running = scoring_runs.running_run() is not None
    _until_done(sweep_needs, sweeping.sweep_needs)
    if not was_running and scoring_runs.running_run():
        nudge_scoring(scoring_runs.LANES)


@shared_task(name=SWEEP_TECHNOLOGIES, soft_time_limit=1800, time_limit=1830)
def sweep_technologies() -> None:
    """One batch of technologies at a time, so that a need never waits behind a catalogue."""
    _until_done(sweep_technologies, sweeping.sweep_technologies)


@shared_task(name=SWEEP_SCORING, soft_time_limit=2400, time_limit=2460)
def sweep_scoring() -> None:
    """One part of a run at a time, so that a need never waits behind a catalogue."""
    is_running = scoring_runs.running_run() is not None
    nudge_scoring(scoring_runs.continue_run())
    if is_running and scoring_runs.running_run() is None:
        # What came up meanwhile.
        nudge_matching()


# Longer than the broker waits for it; who gets it a second time finds it in hand and leaves it.
@shared_task(name=TEND_VECTOR_INDEXES, soft_time_limit=20_000, time_limit=20_060)
def tend_vector_indexes() -> None:
    """One index at a time: a large one takes half an hour, and one worker of several."""
    _until_done(tend_vector_indexes, index_recall.tend_vector_indexes)


@shared_task(name="matching.sweep", soft_time_limit=240, time_limit=300)
def sweep() -> None:
    """The periodic one: whatever a lost message has left behind."""
    sweep_needs.delay()
    sweep_technologies.delay()
    if scoring_runs.is_forsaken():
        nudge_scoring(scoring_runs.LANES)


def _until_done(task: Any, step: Any) -> None:
    try:
        if step():
            task.delay()
    except EncoderUnavailableError as error:
        _log_once(str(error))
        note_failure(task.name, type(error).__name__)
        # Ended in order, but nothing was done: it does not count as gone through.
        if task.request.id:
            raise Ignore from error


@lru_cache(maxsize=8)
def _log_once(message: str) -> None:
    """Every process says it once, not at every sweep."""
    logger.error("The texts stay as they are and are tried again. %s", message)


# Below the broker's visibility timeout; an import that is cut off goes on at its last batch.
@shared_task(name=SWEEP_IMPORTS, soft_time_limit=3000, time_limit=3060)
def sweep_imports() -> None:
    """Check or import the files that wait, in turns; another worker's file is left alone."""
    for import_id, error in import_turns.in_turns():
        if isinstance(error, SoftTimeLimitExceeded):
            raise error
        if error is None:
            nudge_matching()
        else:
            # Tried again by the next sweep; meanwhile no other file waits behind this one.
            logger.error("Import %s was cut off.", import_id, exc_info=error)


@shared_task(name="matching.hold_expired", soft_time_limit=900, time_limit=930)
def hold_expired() -> None:
    """Published profiles past their date; the rest of a large number waits for the next hour."""
    if curation.hold_expired():
        nudge_matching()
