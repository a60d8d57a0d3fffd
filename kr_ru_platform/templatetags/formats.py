"""Template filters for amounts."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from kr_ru_platform.words import formats

register = template.Library()


@register.filter
def won(amount: Decimal | int | None) -> str:
    return formats.won(amount, get_language() or "ko")
