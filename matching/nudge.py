"""Tell the worker that there is something to do. The database remembers it anyway."""

import logging

from django.db import transaction

from kr_ru_platform.celery import app

logger = logging.getLogger(__name__)

SWEEP_NEEDS = "matching.sweep_needs"
SWEEP_TECHNOLOGIES = "matching.sweep_technologies"
SWEEP_SCORING = "matching.sweep_scoring"
SWEEP_IMPORTS = "matching.sweep_imports"
TEND_VECTOR_INDEXES = "matching.tend_vector_indexes"


def nudge_matching() -> None:
    """After the commit, ask for a sweep now. With the broker down the next beat does it."""
    transaction.on_commit(lambda: _send(SWEEP_NEEDS, SWEEP_TECHNOLOGIES))


def nudge_imports() -> None:
    transaction.on_commit(lambda: _send(SWEEP_IMPORTS))


def nudge_scoring(workers: int) -> None:
    """So many workers may go on with the run."""
    transaction.on_commit(lambda: _send(*[SWEEP_SCORING] * workers))


def _send(*names: str) -> None:
    for name in names:
        try:
            app.send_task(name, retry=False, ignore_result=True)
        except Exception:
            logger.warning("The broker did not take %s; the periodic sweep will do it.", name)
            return
