"""How much of the machine PostgreSQL may take: by its memory, which it shares with encoders, web server and worker."""

import os
from pathlib import Path

MIB = 1024 * 1024
GIB = 1024 * MIB
# What the portal's own processes need before the database gets any: encoders in web server and worker.
OTHERS = 2 * GIB
# What a container may use, in both forms that Linux has; "max", or a number that no machine has, is no limit.
CONTAINER_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def memory_settings(memory: int) -> dict[str, str]:
    """Settings of the server for a machine with so many bytes.

    Pages that it holds itself are read several times as fast as those that only the system has in memory, so it holds
    a quarter of what is left beside the other processes. Indexes of vectors are built in `maintenance_work_mem` or
    some ten times as slowly. Imports of whole catalogues write a lot between two checkpoints.
    """
    left = max(0, memory - OTHERS)
    return {
        "shared_buffers": _between(left // 4, 256 * MIB, 16 * GIB),
        "effective_cache_size": _between(memory // 2, 512 * MIB, 64 * GIB),
        "maintenance_work_mem": _between(left // 8, 128 * MIB, 8 * GIB),
        "autovacuum_work_mem": "128MB",
        "work_mem": _between(memory // 1024, 4 * MIB, 32 * MIB),
        "max_wal_size": _between(memory // 8, 1 * GIB, 8 * GIB),
    }


def _between(wanted: int, least: int, most: int) -> str:
    return f"{max(least, min(wanted, most)) // MIB}MB"


def memory_of_machine() -> int:
    """Bytes that this process may use: the machine's, or the container's where that is less."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *(limit for path in CONTAINER_LIMITS if (limit := _number_in(Path(path))))])


def _number_in(path: Path) -> int:
    """0 where there is none."""
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return 0
