"""What an error report may take out of the house: where a fault happened, not what somebody wrote."""

import re
from typing import Any

TOLD = 200
# Values stand in quotes or behind a mark of equality; types, names and codes around them say enough.
NAMES = r"""(?P<name>\b(?:constraint|relation|column) "\w+")"""
QUOTED = re.compile(NAMES + r"""|'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|“[^”]*”?|=\([^)]*\)?""")
ADDRESS = re.compile(r"[^\s<>(),:;\"']+@[^\s<>(),:;\"']+")
# Keys that open an account stand in addresses.
KEY = re.compile(r"(/(?:key|confirm-email)/)[^/?#]+")


def without_values(text: str) -> str:
    """What a fault says of itself. Behind the first line a database tells the row that it refused."""
    told = QUOTED.sub(lambda found: found["name"] or "…", text.partition("\n")[0])
    return ADDRESS.sub("…", told)[:TOLD]


def without_contents(event: dict[str, Any], _hint: dict[str, Any]) -> dict[str, Any]:
    request = event.get("request", {})
    for name in ("query_string", "cookies", "data", "env", "headers"):
        request.pop(name, None)
    if "url" in request:
        request["url"] = KEY.sub(r"\1…", request["url"])
    event.pop("breadcrumbs", None)
    event.pop("extra", None)
    for value in event.get("exception", {}).get("values", []):
        value["value"] = without_values(str(value.get("value") or ""))
    if "logentry" in event:
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    return event
