import json
import logging
import sys
from collections.abc import Callable
from logging import LogRecord
from typing import Any

from django.conf import settings
from pythonjsonlogger.json import JsonFormatter

from kr_ru_platform.running.watching.logs import AddRequestId, Console, OneLine, RefusedWithoutTraceback, request_id


def record(message: str, *, name: str = "portal", **more: Any) -> LogRecord:
    try:
        raise ValueError("why")
    except ValueError:
        made = logging.getLogger(name).makeRecord(name, logging.ERROR, __file__, 1, message, (), sys.exc_info())
    made.__dict__.update(more)
    return made


def formatted(made: LogRecord, formatter: logging.Formatter) -> str:
    for keep in (AddRequestId(), RefusedWithoutTraceback()):
        keep.filter(made)
    return formatter.format(made)


def test_refused_requests_are_one_line() -> None:
    line = OneLine("%(name)s [%(request_id)s] %(message)s")
    refused = record("Invalid HTTP_HOST header: 'evil'.", name="django.security.DisallowedHost")
    assert formatted(refused, line) == "django.security.DisallowedHost [-] Invalid HTTP_HOST header: 'evil'."
    assert formatted(record("Not Found: /x", status_code=404), line) == "portal [-] Not Found: /x"
    assert "ValueError: why" in formatted(record("Internal Server Error: /x", status_code=500), line)


def test_what_somebody_typed_cannot_begin_a_line() -> None:
    made = record("/a\r\n2026-01-01 INFO forged", status_code=404)
    assert formatted(made, OneLine("%(message)s")) == r"/a\r\n2026-01-01 INFO forged"


def test_what_somebody_typed_gives_a_terminal_no_orders() -> None:
    made = record("/a\x1b[2J\x00\x85\u2028\u202eb", status_code=404)
    assert formatted(made, OneLine("%(message)s")) == r"/a\x1b[2J\x00\x85\u2028\u202eb"


def test_request_id_is_in_every_line_of_its_request() -> None:
    token = request_id.set("abc-12345")
    assert formatted(record("x", status_code=400), OneLine("%(request_id)s")) == "abc-12345"
    request_id.reset(token)


def test_json_is_one_object_a_line() -> None:
    options: dict[str, Any] = settings.LOGGING["formatters"]["json"]
    make: Callable[..., JsonFormatter] = JsonFormatter
    text = formatted(
        record("기술 \n", user="7"), make(options["format"], json_ensure_ascii=options["json_ensure_ascii"])
    )
    found = json.loads(text)
    assert "\n" not in text
    assert {name: found[name] for name in ("message", "user", "request_id", "levelname")} == {
        "message": "기술 \n",
        "user": "7",
        "request_id": "-",
        "levelname": "ERROR",
    }


def test_console_tells_where_and_not_what() -> None:
    """In both formats; the record itself stays whole for others."""
    word = "".join(["ty", "ped"])
    try:
        try:
            raise KeyError(word)
        except KeyError as error:
            raise ValueError(f"bad\nDETAIL: {word}") from error
    except ValueError:
        args = (f"/accounts/password/reset/key/{word}/",)
        made = logging.getLogger("x").makeRecord("x", logging.ERROR, __file__, 1, "At %s", args, sys.exc_info())
    for formatter in (OneLine("%(message)s"), JsonFormatter("%(message)s", json_ensure_ascii=False)):
        console = Console()
        console.setFormatter(formatter)
        told = console.format(made)
        parts = ("At /accounts/password/reset/key/…/", "KeyError: …", "which led to", "ValueError: bad", "test_logs")
        assert ([part for part in parts if part not in told], word in told) == ([], False)
    assert (made.args, made.exc_text) == (args, None)
