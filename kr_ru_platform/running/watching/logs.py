"""What the logs say: one line or one JSON object an event, with the number of the request it belongs to."""

import copy
import logging
import re
import traceback
from contextvars import ContextVar

from kr_ru_platform.running.watching.fault_redaction import KEY, without_values

# Of the request that is being answered; empty outside of one.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class AddRequestId(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get() or "-"
        return True


class RefusedWithoutTraceback(logging.Filter):
    """Somebody else's mistake, such as a foreign Host, is one line; only our own faults say where they happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 0)
        if record.name.startswith("django.security") or 400 <= status < 500:
            record.exc_info = record.exc_text = None
        # Its address holds what was searched for.
        record.__dict__.pop("request", None)
        return True


class Console(logging.StreamHandler):
    """Tells where a fault happened; what somebody typed or stored, and keys in addresses, stay out of the log."""

    def format(self, record: logging.LogRecord) -> str:
        # A copy: others, such as the error report, take what they need from the record itself.
        told = copy.copy(record)
        told.msg, told.args = KEY.sub(r"\1…", record.getMessage()), ()
        if record.exc_info and record.exc_info[1] is not None:
            told.exc_info, told.exc_text = None, told_traceback(record.exc_info[1])
        return super().format(told)


def told_traceback(error: BaseException) -> str:
    parts: list[str] = []
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        frames = "".join(traceback.format_tb(following.__traceback__))
        kind = f"{type(following).__module__}.{type(following).__qualname__}".removeprefix("builtins.")
        parts.append(f"Traceback (most recent call last):\n{frames}{kind}: {without_values(str(following))}")
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return "\n\nwhich led to:\n\n".join(reversed(parts))


# Line ends of every kind, what a terminal takes as an order, and what turns the order of reading.
UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class OneLine(logging.Formatter):
    """What somebody typed into an address cannot begin a line of its own; a traceback still may."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = UNSEEN.sub(lambda sign: sign[0].encode("unicode_escape").decode(), record.message)
        return super().formatMessage(record)
