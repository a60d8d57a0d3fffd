"""How each figure grows with the catalogue, drawn as SVG: both axes by powers of ten."""

from collections.abc import Callable, Mapping, Sequence
from math import floor, log10
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 20, 50
Found = Mapping[str, Any]
LINES: Sequence[tuple[str, str, Callable[[Found], float]]] = (
    ("full rescoring", "#0b50d0", lambda f: f["full_rescoring"]["seconds"]),
    ("faiss, the same vectors", "#8ab0f5", lambda f: f["full_rescoring"]["faiss_flat_ip_top_50"]["search_seconds"]),
    ("a new demand", "#006600", lambda f: f["new_demand"]["median_seconds"]),
    ("its encoding and one scan", "#7fbf7f", lambda f: f["new_demand"]["bare_median_seconds"]),
    ("search, p95, 1 client", "#b3361e", lambda f: f["search"]["clients"]["1"]["hybrid"]["p95_ms"] / 1000),
    ("search, p95, 8 clients", "#e08a76", lambda f: f["search"]["clients"]["8"]["hybrid"]["p95_ms"] / 1000),
)


def growth(found: Sequence[Found]) -> str:
    sizes = [each["load"]["technologies"] for each in found]
    lines = [(name, colour, _values(found, read)) for name, colour, read in LINES]
    lines = [line for line in lines if line[2]]
    values = [value for _, _, points in lines for _, value in points]
    if not values:
        return ""
    across = _scale(min(sizes), max(sizes), LEFT, WIDTH - RIGHT)
    up = _scale(10 ** floor(log10(min(values))), max(values), HEIGHT - BOTTOM, TOP)
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img")
    SubElement(svg, "title").text = "Seconds by number of technologies"
    SubElement(svg, "rect", width=str(WIDTH), height=str(HEIGHT), fill="#ffffff")
    _axes(svg, sizes, values, across, up)
    for place, (name, colour, points) in enumerate(lines):
        _line(svg, name, colour, [(across(size), up(value)) for size, value in points], place)
    indent(svg)
    return tostring(svg, encoding="unicode") + "\n"


def _values(found: Sequence[Found], read: Callable[[Found], float]) -> list[tuple[int, float]]:
    """What was not measured is left out."""
    points = []
    for each in found:
        try:
            value = read(each)
        except KeyError:
            continue
        if value > 0:
            points.append((each["load"]["technologies"], value))
    return points


def _scale(low: float, high: float, start: int, end: int) -> Callable[[float], float]:
    span = max(log10(high) - log10(low), 1e-9)
    return lambda value: round(start + (log10(value) - log10(low)) / span * (end - start), 1)


def _axes(
    svg: Element,
    sizes: Sequence[int],
    values: Sequence[float],
    across: Callable[[float], float],
    up: Callable[[float], float],
) -> None:
    for size in sizes:
        _text(svg, across(size), HEIGHT - BOTTOM + 20, f"{size:,}", "middle")
    _text(svg, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, "technologies", "middle")
    power = 10.0 ** floor(log10(min(values)))
    while power <= max(values):
        y = str(up(power))
        SubElement(svg, "line", x1=str(LEFT), x2=str(WIDTH - RIGHT), y1=y, y2=y, stroke="#cdd1d5")
        _text(svg, LEFT - 8, up(power) + 4, f"{power:g} s", "end")
        power *= 10


def _line(svg: Element, name: str, colour: str, points: Sequence[tuple[float, float]], place: int) -> None:
    path = " ".join(f"{x},{y}" for x, y in points)
    SubElement(svg, "polyline", points=path, fill="none", stroke=colour, attrib={"stroke-width": "2"})
    for x, y in points:
        SubElement(svg, "circle", cx=str(x), cy=str(y), r="3.5", fill=colour)
    y = TOP + 12 + 22 * place
    SubElement(svg, "rect", x=str(WIDTH - RIGHT + 20), y=str(y - 9), width="14", height="10", fill=colour)
    _text(svg, WIDTH - RIGHT + 40, y, name, "start")


def _text(svg: Element, x: float, y: float, text: str, anchor: str) -> None:
    style = {"text-anchor": anchor, "font-family": "sans-serif", "font-size": "13", "fill": "#1e2124"}
    SubElement(svg, "text", x=str(x), y=str(y), attrib=style).text = text
