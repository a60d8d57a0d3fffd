"""How events are logged: by one handler, so that every line bears the number of its request."""

from typing import Any


def logging_as(log_format: str) -> dict[str, Any]:
    """Django's LOGGING; the format is "line", for people, or "json", for programs that collect logs."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "kr_ru_platform.running.watching.logs.AddRequestId"},
            "refused": {"()": "kr_ru_platform.running.watching.logs.RefusedWithoutTraceback"},
        },
        "formatters": {
            "line": {
                "()": "kr_ru_platform.running.watching.logs.OneLine",
                "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
            },
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
                "json_ensure_ascii": False,
            },
        },
        "handlers": {
            "console": {
                "class": "kr_ru_platform.running.watching.logs.Console",
                "formatter": log_format,
                "filters": ["request_id", "refused"],
            }
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's own handlers would write everything a second time.
        "loggers": {name: {"handlers": [], "propagate": True, "level": "INFO"} for name in ("django", "django.server")},
    }
