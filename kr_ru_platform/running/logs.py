"""What the logs say: one line or one JSON object an event, with the number of the request it belongs to."""

import logging
from contextvars import ContextVar

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


class OneLine(logging.Formatter):
    """What somebody typed into an address cannot begin a line of its own; a traceback still may."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)
