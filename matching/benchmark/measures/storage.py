"""What a catalogue of this size takes of the disk, and the server and this process of the memory."""

from pathlib import Path
from typing import Any

from django.db import connection

from matching.benchmark.catalogue.texts import Say
from matching.benchmark.machine import seconds_of
from matching.domain.finding.index_recall import tend_vector_indexes
from matching.models import VectorIndex

MIB = 1024 * 1024
LARGEST = 8
SETTINGS = ("shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem")


def make_vector_indexes(say: Say) -> float:
    """As the worker makes them; seconds, 0 where the catalogue is small or they are there already."""
    seconds, _ = seconds_of(lambda: _tended(say))
    return round(seconds, 1) if VectorIndex.objects.exists() else 0.0


def _tended(say: Say) -> None:
    while tend_vector_indexes():
        newest = VectorIndex.objects.order_by("id").last()
        say(f"index of near vectors: {newest} finds {newest.recall if newest else 0}")


_TABLES = """
SELECT relname, pg_total_relation_size(oid), pg_indexes_size(oid)
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
 ORDER BY 2 DESC LIMIT %s
"""


def measure(*, seconds_of_indexes: float) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        database = cursor.fetchone()[0]
        cursor.execute(_TABLES, [LARGEST])
        tables = {name: {"mib": whole // MIB, "of_indexes": part // MIB} for name, whole, part in cursor.fetchall()}
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s) AS name", [list(SETTINGS)])
        settings = dict(cursor.fetchall())
    return {
        "database_mib": database // MIB,
        "tables": tables,
        "settings": settings,
        "server_memory_mib": _server_memory(),
        "vector_indexes": [_of_index(index) for index in VectorIndex.objects.all()],
        "vector_indexes_seconds": seconds_of_indexes,
    }


_SIZE = "SELECT pg_relation_size(oid), reltuples FROM pg_class WHERE relname = %s"


def _of_index(index: VectorIndex) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(_SIZE, [index.name])
        size, rows = cursor.fetchone()
    return {
        "name": index.name,
        "rows": int(rows),
        "mib": size // MIB,
        "seconds": round(index.seconds_to_build, 1),
        "recall": index.recall,
    }


def _server_memory() -> int | None:
    """Of all processes of a server on this machine, what they share counted once; nothing of one elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = cursor.fetchone()[0]
    try:
        parent = _parent_of(own)
        processes = [parent, *(int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and _is_of(p, parent))]
        return sum(map(_share_of, processes)) // MIB
    except (OSError, ValueError):
        return None


def _parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _is_of(process: Path, parent: int) -> bool:
    try:
        return _parent_of(int(process.name)) == parent
    except OSError:
        return False


def _share_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
