"""Template filters for amounts."""

from decimal import Decimal

from django import template

from kr_ru_platform.words import amounts
from kr_ru_platform.words.languages import reader_language

register = template.Library()


@register.filter
def won(amount: Decimal | int | None) -> str:
    return amounts.won(amount, reader_language())
