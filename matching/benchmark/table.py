"""The figures of several sizes side by side, as a table in Markdown for docs/performance.md."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Found = Mapping[str, Any]
ROWS: Sequence[tuple[str, Callable[[Found], Any]]] = (
    ("demands", lambda f: f["load"]["demands"]),
    ("database, MiB", lambda f: f["storage"]["database_mib"]),
    ("memory of PostgreSQL, MiB", lambda f: f["storage"]["server_memory_mib"]),
    ("indexes of near vectors made, s", lambda f: f["storage"]["vector_indexes_seconds"]),
    ("full rescoring, s", lambda f: f["full_rescoring"]["seconds"]),
    ("faiss IndexFlatIP, s", lambda f: f["full_rescoring"]["faiss_flat_ip_top_50"]["search_seconds"]),
    ("ratio (goal ≤ 3, at most 6)", lambda f: f["full_rescoring"]["ratio_to_faiss"]),
    ("pairs per second", lambda f: f["full_rescoring"]["pairs_per_second"]),
    ("share of SGEMM peak", lambda f: f["full_rescoring"]["share_of_sgemm_peak"]),
    ("peak of a worker's memory, MiB", lambda f: f["full_rescoring"]["peak_worker_memory_mib"]),
    ("again, nothing changed, s", lambda f: f["full_rescoring"]["again_unchanged"]["seconds"]),
    ("new demand, median s", lambda f: f["new_demand"]["median_seconds"]),
    ("encoding and one exact scan, s", lambda f: f["new_demand"]["bare_median_seconds"]),
    ("ratio (goal ≤ 1.5, at most 3)", lambda f: f["new_demand"]["ratio"]),
    ("recall@50 of its matches", lambda f: f["new_demand"]["recall_at_50"]),
    ("search, p50 / p95 ms, 1 client", lambda f: _both(f, "1", "hybrid")),
    ("tantivy", lambda f: _both(f, "1", "tantivy")),
    ("pgvector, exact", lambda f: _both(f, "1", "pgvector")),
    ("ratio of p95 (goal ≤ 2, at most 4)", lambda f: f["search"]["clients"]["1"]["p95_to_slower_peer"]),
    ("search, p50 / p95 ms, 8 clients", lambda f: _both(f, "8", "hybrid")),
    ("tantivy, 8 clients", lambda f: _both(f, "8", "tantivy")),
    ("pgvector, exact, 8 clients", lambda f: _both(f, "8", "pgvector")),
    ("ratio of p95, 8 clients", lambda f: f["search"]["clients"]["8"]["p95_to_slower_peer"]),
    ("searches a second, a tenth repeated", lambda f: f["search"]["throughput"]["per_second"]),
    ("recall@20 of search by meaning", lambda f: f["search"]["meaning_recall_at_20"]),
    ("indexing, texts per second and core", lambda f: f["indexing"]["texts_per_second_per_core"]),
    ("of the encoder alone (goal ≥ 0.8)", lambda f: f["indexing"]["share_of_encoder_alone"]),
)


def growth(found: Sequence[Found]) -> str:
    """What was not measured has an empty cell."""
    lines = ["| technologies | " + " | ".join(f"{each['load']['technologies']:,}" for each in found) + " |"]
    lines.append("|---" * (len(found) + 1) + "|")
    lines += [f"| {name} | " + " | ".join(_cell(each, read) for each in found) + " |" for name, read in ROWS]
    return "\n".join(lines) + "\n"


def _both(found: Found, clients: str, program: str) -> str:
    times = found["search"]["clients"][clients][program]
    return f"{times['p50_ms']:,} / {times['p95_ms']:,}"


def _cell(found: Found, read: Callable[[Found], Any]) -> str:
    try:
        value = read(found)
    except KeyError:
        return ""
    return f"{value:,}" if isinstance(value, int | float) else str(value or "")
