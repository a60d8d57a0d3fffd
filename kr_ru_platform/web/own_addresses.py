"""Addresses of pages that a kept text leads back to: the portal's own, with what their query says."""

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

# In the address that a log-in leads to: it was only pressed, nothing was typed.
PRESSED = "pressed"
LONGEST_PATH, LONGEST_QUERY = 300, 1000
# What says how the page was come to, not which page it is.
NOT_OF_THE_PAGE = ("kept", PRESSED)


def of(request: HttpRequest) -> tuple[str, str]:
    """Path and query of the page that was asked for."""
    return _clean(request.path, request.META.get("QUERY_STRING", ""))


def split(address: str) -> tuple[str, str] | None:
    """The same of an address that a browser names; None for none, and for one that leads elsewhere."""
    if not address or not is_own(address):
        return None
    path, _mark, query = address.partition("?")
    return _clean(path, query)


def is_own(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def joined(path: str, query: str, **more: str) -> str:
    found = QueryDict(query, mutable=True)
    for name, value in more.items():
        found[name] = value
    return f"{path}?{found.urlencode()}" if found else path


def _clean(path: str, query: str) -> tuple[str, str]:
    found = QueryDict(query.replace("\x00", ""), mutable=True)
    for name in NOT_OF_THE_PAGE:
        found.pop(name, None)
    text = found.urlencode()
    return path.replace("\x00", "")[:LONGEST_PATH], text if len(text) <= LONGEST_QUERY else ""
