"""Columns of the list of organisations that count what the apps above keep of each. They say so in their AppConfig."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count


@dataclass(frozen=True)
class ListCount:
    """`name` is what the address of the list calls the order by this count, most first."""

    name: str
    heading: Any
    order_label: Any
    count: Count

    @property
    def column(self) -> str:
        return f"{self.name}_count"


_counts: dict[str, ListCount] = {}


def register_count(count: ListCount) -> None:
    _counts[count.name] = count


def list_counts() -> list[ListCount]:
    return [*_counts.values()]
