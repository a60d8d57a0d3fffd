"""What the machine can do at all: the measure for everything else."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

SIDE = 4_096


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def describe() -> dict[str, Any]:
    return {
        "cores": cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "sgemm_peak_gflops": round(sgemm_peak() / 1e9, 1),
    }


def sgemm_peak(side: int = SIDE) -> float:
    """Operations a second in the best of some products of square matrices, on all cores."""
    left = np.random.default_rng(1).random((side, side), dtype=np.float32)
    right = left.T.copy()
    best = min(seconds_of(lambda: left @ right)[0] for _ in range(3))
    return 2 * side**3 / best


def seconds_of(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "p50_ms": round(1000 * statistics.median(ordered), 1),
        "p95_ms": round(1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 1),
    }


def ratio(value: float, other: float, *, digits: int = 2) -> float | None:
    """None beside what was too quick to be measured."""
    return round(value / other, digits) if other else None
