"""A process that does the parts of a run, as a worker's process does; it starts with nothing but this file."""

import resource
import time
from typing import Any

PAUSE = 0.1


def work(memory: Any) -> None:
    """Until the run has ended; then says how much memory it needed, in MiB."""
    import django

    django.setup()
    # Only after the set-up, which a process that was just started still has before it.
    from matching.domain.scoring_runs import continue_run, running_run

    while running_run():
        if not continue_run():
            time.sleep(PAUSE)
    memory.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
