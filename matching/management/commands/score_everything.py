"""Scores all needs against all technologies now, with worker processes of its own."""

import json
import os
import resource
import subprocess
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Sum

from matching.domain.runs import scoring_runs
from matching.models import ScoringRun

# One thread each: processes, not threads, share the cores.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Command(BaseCommand):
    help = "Scores all demands and company profiles against all technologies and prints what it took as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
        parser.add_argument("--anew", action="store_true", help="also what is known to come out the same")
        parser.add_argument("--as-worker", action="store_true", help="take parts of the run that is under way")

    def handle(self, *args: Any, workers: int, anew: bool, as_worker: bool, **options: Any) -> None:
        if as_worker:
            scoring_runs.work_until_ended()
            # The most memory that it held at once, in MiB.
            self.stdout.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
        else:
            self.stdout.write(json.dumps(score_everything(workers=workers, anew=anew)))


def score_everything(*, workers: int, anew: bool = False) -> dict[str, Any]:
    """Start a run, or take up the one under way, and do it with so many processes; seconds for each phase."""
    started = time.perf_counter()
    run = scoring_runs.running_run() or scoring_runs.start_run(anew=anew)
    prepared = time.perf_counter()
    if run is None:
        return {"is_unchanged": True, "seconds": round(prepared - started, 2)}
    command = [sys.executable, sys.argv[0], "score_everything", "--as-worker"]
    environment = {**os.environ, **ONE_THREAD, "SCORING_LANES": str(workers)}
    processes = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(max(1, workers))
    ]
    # One that was killed says nothing; the others have done its parts.
    peaks = [int(said[-1]) for process in processes if (said := process.communicate()[0].split())]
    return {**_figures(run), "seconds_preparing": round(prepared - started, 2), "peak_mib_per_worker": peaks} | {
        "seconds": round(time.perf_counter() - started, 2)
    }


def _figures(run: ScoringRun) -> dict[str, Any]:
    run.refresh_from_db()
    seconds = dict(run.parts.order_by().values_list("step").annotate(Sum("seconds")))
    return {
        "state": run.state,
        "needs": run.needs_count,
        "technologies": run.technologies_count,
        "pairs": run.needs_count * run.technologies_count,
        "matches_changed": run.changed_count,
        "worker_seconds_comparing": round(seconds.get("compare") or 0.0, 2),
        "worker_seconds_writing": round(seconds.get("write") or 0.0, 2),
    }
