"""Everything compared with everything, beside the bare arithmetic of it."""

import multiprocessing
from typing import Any

import numpy as np

from matching.benchmark.catalogue.texts import Say
from matching.benchmark.machine import cores, ratio, seconds_of
from matching.benchmark.measures import peers
from matching.benchmark.measures.worker import work
from matching.domain.runs.scoring_runs import start_run
from matching.enums import PartStep
from matching.models import Match, ScoringPart, ScoringRecord, ScoringRun


def measure(*, peak: float, say: Say) -> dict[str, Any]:
    """Once with nothing known, once more with nothing changed; the peer on the same vectors between them."""
    Match.objects.all().delete()
    ScoringRecord.objects.filter(technology=None).update(scorer_version="")
    say("full rescoring: comparing and writing")
    seconds, first = seconds_of(_run)
    say("full rescoring: faiss on the same vectors")
    peer = _faiss()
    say("full rescoring: again, with nothing changed")
    again, second = seconds_of(_run)
    return {
        "seconds": round(seconds, 1),
        "phases": first["phases"],
        "processes": cores(),
        "peak_worker_memory_mib": first["memory"],
        "matches_written": Match.objects.count(),
        "faiss_flat_ip_top_50": peer,
        "ratio_to_faiss": ratio(seconds, peer["search_seconds"]),
        "pairs_per_second": round(peer["pairs"] / seconds),
        "share_of_sgemm_peak": ratio(peer["operations"] / peak, seconds, digits=3),
        "faiss_share_of_sgemm_peak": ratio(peer["operations"] / peak, peer["search_seconds"], digits=3),
        "again_unchanged": {"seconds": round(again, 2), "rows_written": second["changed"]},
    }


def _run() -> dict[str, Any]:
    """A run from its beginning to its end, by as many processes as there are cores."""
    beginning, run = seconds_of(start_run)
    if run is None:
        return {"changed": 0, "memory": 0, "phases": {}}
    context = multiprocessing.get_context("spawn")
    memory: Any = context.Queue()
    workers = [context.Process(target=work, args=(memory,)) for _ in range(cores())]
    for worker in workers:
        worker.start()
    needed = [memory.get() for _ in workers]
    for worker in workers:
        worker.join()
    run = ScoringRun.objects.get(pk=run.pk)
    return {"changed": run.changed_count, "memory": max(needed), "phases": _phases(run, beginning)}


def _phases(run: ScoringRun, beginning: float) -> dict[str, float]:
    """From the first part of a step to its last, all processes together."""
    found = {"begin": round(beginning, 1)}
    for step in PartStep:
        parts = list(ScoringPart.objects.filter(run=run, step=step).values_list("done_at", "seconds"))
        if parts:
            ends = [done_at.timestamp() for done_at, _ in parts]
            starts = [done_at.timestamp() - seconds for done_at, seconds in parts]
            found[str(step)] = round(max(ends) - min(starts), 1)
    return found


def _faiss() -> dict[str, Any]:
    """For every need its 50 nearest whole texts and passages, exactly."""
    needs = np.vstack(list(peers.stored("whole", "demand_id")))
    found = {"whole": peers.faiss_seconds("whole", needs)}
    size = int(next(peers.stored("passage", "technology_id")).shape[1])
    found["passage"] = peers.faiss_seconds("passage", np.ascontiguousarray(needs[:, :size]))
    widths = {"whole": needs.shape[1], "passage": size}
    return {
        "search_seconds": round(sum(each["search"] for each in found.values()), 2),
        "add_seconds": round(sum(each["build"] for each in found.values()), 2),
        "vectors": {kind: each["vectors"] for kind, each in found.items()},
        "queries": len(needs),
        "pairs": len(needs) * sum(each["vectors"] for each in found.values()),
        "operations": 2 * len(needs) * sum(found[kind]["vectors"] * widths[kind] for kind in found),
    }
