"""Where a visitor comes from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
# A household or an office has a whole network of the newer kind of addresses.
IPV6_PREFIX = 64


def visitor_address(request: HttpRequest) -> str:
    """The network address that limits count by.

    Of `X-Forwarded-For` only what our own proxies wrote is believed: the rest is the visitor's to invent.
    """
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    forwarded = request.headers.get("x-forwarded-for", "").split(",")
    if proxies and len(forwarded) >= proxies and (address := _readable(forwarded[-proxies])):
        return address
    return _readable(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def _readable(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip().strip("[]"))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(address), IPV6_PREFIX), strict=False).network_address)
    return str(address)
