"""What an error report may take out of the house: where a fault happened, not what somebody wrote."""

from typing import Any


def without_contents(event: dict[str, Any], _hint: dict[str, Any]) -> dict[str, Any]:
    request = event.get("request", {})
    for name in ("query_string", "cookies", "data", "env", "headers"):
        request.pop(name, None)
    event.pop("breadcrumbs", None)
    event.pop("extra", None)
    for value in event.get("exception", {}).get("values", []):
        # Behind the first line a database tells the values that it refused.
        value["value"] = str(value.get("value") or "").partition("\n")[0][:200]
    if "logentry" in event:
        event["logentry"] = {"message": event["logentry"].get("message", "")}
    return event
