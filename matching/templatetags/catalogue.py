"""Shows what a search has marked."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from matching.models import Technology
from matching.models.technology import Title

register = template.Library()


@register.filter
def marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    """Pieces of text as HTML, the words that were found in <mark>."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", text) if is_marked else text,) for text, is_marked in pieces),
    )


@register.filter
def title_for(technology: Technology, user: Any) -> Title:
    """What this reader may be told that it is called, with its language as `.language`."""
    return technology.title_for(user)


@register.filter
def chosen_label(row: Model, name: str) -> Any:
    """What `get_…_display` says, which translates every choice of a field to find one: a page of results asks often."""
    value = getattr(row, name)
    return _labels(type(row), name).get(value, value)


@lru_cache(maxsize=50)
def _labels(model: type[Model], name: str) -> Mapping[Any, Any]:
    """Value → label, each translated where it is shown."""
    return dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
