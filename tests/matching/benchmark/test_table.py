"""The table of several sizes."""

from matching.benchmark import table


def test_table_leaves_what_was_not_measured_empty() -> None:
    found = [
        {"load": {"technologies": 1000, "demands": 100}, "new_demand": {"ratio": 1.2}},
        {"load": {"technologies": 10000, "demands": 1000}},
    ]
    lines = table.growth(found).splitlines()
    assert lines[:3] == ["| technologies | 1,000 | 10,000 |", "|---|---|---|", "| demands | 100 | 1,000 |"]
    assert "| ratio (goal ≤ 1.5, at most 3) | 1.2 |  |" in lines


def test_table_shows_times_of_search_in_pairs_and_leaves_no_ratio_empty() -> None:
    times = {"hybrid": {"p50_ms": 10.5, "p95_ms": 1200.0}, "p95_to_slower_peer": None}
    lines = table.growth(
        [{"load": {"technologies": 5, "demands": 1}, "search": {"clients": {"8": times}}}]
    ).splitlines()
    assert [line for line in lines if "8 clients" in line] == [
        "| search, p50 / p95 ms, 8 clients | 10.5 / 1,200.0 |",
        "| tantivy, 8 clients |  |",
        "| pgvector, exact, 8 clients |  |",
        "| ratio of p95, 8 clients |  |",
    ]
