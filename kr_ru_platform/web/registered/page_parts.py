"""Places on an app's pages that the apps above it fill, so that no page looks up to what came later.

The page's app names its places (`page_places.py`); an app above registers a template for one in its AppConfig,
and what the template draws, made of what the page is about.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PagePart:
    """To be included `with content=part.content`; `heading` is that of a column where the place is a table."""

    template: str
    content: Any
    heading: Any = ""


@dataclass(frozen=True)
class _Registered:
    template: str
    content_of: Callable[[Any], Any]
    heading: Any


_registered: dict[str, dict[str, _Registered]] = {}


def register_part(
    place: str, template: str, content_of: Callable[[Any], Any] = lambda subject: subject, heading: Any = ""
) -> None:
    """Parts of one place stand in the order in which the apps are installed; a template is there once."""
    _registered.setdefault(place, {})[template] = _Registered(template, content_of, heading)


def parts_at(place: str, subject: Any) -> list[PagePart]:
    return [
        PagePart(part.template, part.content_of(subject), part.heading) for part in _registered.get(place, {}).values()
    ]
