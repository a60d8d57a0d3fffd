"""Shows what a search has marked."""

from collections.abc import Iterable
from typing import Any

from django import template
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
