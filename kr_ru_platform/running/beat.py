"""The clock of the worker, which also says that it still ticks."""

import time

from celery.beat import PersistentScheduler
from django.core.cache import cache

HEARTBEAT_KEY = "beat-heartbeat"
# It wakes for every entry of the schedule, the most frequent of which comes every ten seconds.
HEARTBEAT_EVERY = 5.0


class TickingScheduler(PersistentScheduler):  # type: ignore[misc]
    _noted_at = 0.0

    def tick(self, *args: object, **kwargs: object) -> float:
        if time.monotonic() - self._noted_at >= HEARTBEAT_EVERY:
            self._noted_at = time.monotonic()
            cache.set(HEARTBEAT_KEY, time.time(), timeout=None)
        return float(super().tick(*args, **kwargs))
