"""Small parts of every page that a plain include cannot make."""

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict

from kr_ru_platform.words import sizes

register = template.Library()
register.filter("file_size", sizes.file_size)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], address: QueryDict | None = None) -> dict[str, object]:
    """The other pages of a list at its `address`, else at the one that was asked for."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": list(numbers), "address": context["request"].GET if address is None else address}


@register.simple_tag
def percent(value: float | None, of: float | str | None = None) -> str:
    """A share as a plain number from 0 to 100, never with a decimal comma: it goes into SVG."""
    whole = float(of) if of else 1.0
    share = float(value or 0) / whole
    return f"{min(max(share, 0.0), 1.0) * 100:.1f}"
