"""What people typed, where a line must stay a line."""

from django import template

from kr_ru_platform.words import lines

register = template.Library()
register.filter("one_line", lines.one_line)
