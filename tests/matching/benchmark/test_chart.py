"""The drawing of how figures grow."""

from typing import Any
from xml.etree.ElementTree import fromstring

from matching.benchmark.chart import growth

SVG = "{http://www.w3.org/2000/svg}"


def measured(technologies: int, **parts: Any) -> dict[str, Any]:
    return {"load": {"technologies": technologies}, **parts}


def test_chart_places_each_figure_by_powers_of_ten() -> None:
    found = [
        measured(size, new_demand={"median_seconds": value}) for size, value in ((100, 1), (1000, 10), (10000, 100))
    ]
    drawn = fromstring(growth(found))
    assert [line.get("points") for line in drawn.iter(f"{SVG}polyline")] == ["70.0,370.0 280.0,195.0 490.0,20.0"]
    assert [text.text for text in drawn.iter(f"{SVG}text")] == [
        *("100", "1,000", "10,000", "technologies"),
        *("1 s", "10 s", "100 s"),
        "a new demand",
    ]


def test_chart_leaves_out_what_was_not_measured_and_what_took_no_time() -> None:
    found = [
        measured(100, new_demand={"median_seconds": 0}, full_rescoring={"seconds": 2.0}),
        measured(1000, new_demand={"median_seconds": 3.0}),
    ]
    drawn = fromstring(growth(found))
    assert [len(line.get("points", "").split()) for line in drawn.iter(f"{SVG}polyline")] == [1, 1]


def test_chart_of_nothing_is_empty() -> None:
    assert growth([measured(100), measured(1000, new_demand={"median_seconds": 0})]) == ""


def test_chart_of_search_is_in_seconds_like_the_others() -> None:
    clients = {"1": {"hybrid": {"p95_ms": 1000.0}}}
    drawn = fromstring(growth([measured(100, search={"clients": clients}, new_demand={"median_seconds": 1.0})]))
    first, second = (line.get("points") for line in drawn.iter(f"{SVG}polyline"))
    assert first == second
