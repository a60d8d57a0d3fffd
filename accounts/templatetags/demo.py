"""The demo accounts of a local installation, for the login page and the guide."""

from importlib import import_module
from importlib.util import find_spec

from django import template

register = template.Library()


@register.inclusion_tag("components/demo_accounts.html")
def demo_accounts() -> dict[str, object]:
    if find_spec("accounts.demo") is None:
        return {"accounts": []}
    return {"accounts": import_module("accounts.demo").DEMO_ACCOUNTS}
