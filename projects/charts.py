"""Charts drawn on the server: only geometry here, the template writes the SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 480
ROW = 46
BAR_TOP = 24
TONES = {"main": "#256ef4", "second": "#083891", "third": "#6d7882"}


@dataclass(frozen=True)
class Bar:
    label: str
    text: str
    y: int
    bar_y: int
    width: str
    fill: str


@dataclass(frozen=True)
class Chart:
    code: str
    title: str
    height: int
    bars: list[Bar]
    width: int = WIDTH


def bar_chart(code: str, title: str, rows: Sequence[tuple[str, int | Decimal, str, str]]) -> Chart:
    """Rows of label, value, the value in words and a tone; the longest bar fills the width."""
    largest = max((value for _label, value, _text, _tone in rows), default=0) or 1
    bars = [
        Bar(
            label=label,
            text=text,
            y=number * ROW + 16,
            bar_y=number * ROW + BAR_TOP,
            # A point, never a decimal comma: it goes into SVG. What is there can be seen.
            width=f"{max(float(value) / float(largest) * WIDTH, 2 if value else 0):.1f}",
            fill=TONES[tone],
        )
        for number, (label, value, text, tone) in enumerate(rows)
    ]
    return Chart(code, title, max(len(bars), 1) * ROW, bars)
