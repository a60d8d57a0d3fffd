"""A process that does the parts of a run, as a worker's process does; it starts with nothing but this file."""

import resource
from typing import Any


def work(memory: Any) -> None:
    """Until the run has ended; then says how much memory it needed, in MiB."""
    import django

    django.setup()
    # Only after the set-up, which a process that was just started still has before it.
    from matching.domain.runs.scoring_runs import work_until_ended

    work_until_ended()
    memory.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
