"""Tell the worker that there is something to do. The database remembers it anyway."""

import logging

from django.db import transaction

from kr_ru_platform.celery import app

logger = logging.getLogger(__name__)

SWEEP_NEEDS = "matching.sweep_needs"
SWEEP_TECHNOLOGIES = "matching.sweep_technologies"


def nudge_matching() -> None:
    """After the commit, ask for a sweep now. With the broker down the next beat does it."""
    transaction.on_commit(_send)


def _send() -> None:
    for name in (SWEEP_NEEDS, SWEEP_TECHNOLOGIES):
        try:
            app.send_task(name, retry=False, ignore_result=True)
        except Exception:
            logger.warning("The broker did not take %s; the periodic sweep will do it.", name)
            return
