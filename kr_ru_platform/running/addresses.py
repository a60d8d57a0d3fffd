"""One address of the Redis-like server, as each of its two users wants it written."""

from urllib.parse import parse_qs, urlsplit


def cache_address(broker: str) -> str:
    """The numbered database after the broker's."""
    url = urlsplit(broker)
    if url.scheme == "redis+socket":
        number = int(parse_qs(url.query).get("virtual_host", ["0"])[0])
        return f"unix://{url.path}?db={number + 1}"
    number = int(url.path.strip("/") or 0)
    return url._replace(path=f"/{number + 1}").geturl()
