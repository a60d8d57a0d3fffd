"""GET /healthz: whether the database, the broker and the worker are up."""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kr_ru_platform.celery import HEARTBEAT_KEY
from kr_ru_platform.celery import app as celery_app

OLDEST_HEARTBEAT = 30
IMPATIENT = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def check_database() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def check_broker() -> dict[str, object]:
    with celery_app.connection_for_write(transport_options=IMPATIENT) as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=1)
        broker.default_channel.client.ping()
    return {"ok": True}


def check_worker() -> dict[str, object]:
    written_at = cache.get(HEARTBEAT_KEY)
    if written_at is None:
        return {"ok": False, "error": "no heartbeat yet"}
    age = round(max(0.0, time.time() - written_at), 1)
    if age > OLDEST_HEARTBEAT:
        return {"ok": False, "error": "heartbeat too old", "heartbeat_age_seconds": age}
    return {"ok": True, "heartbeat_age_seconds": age}


def run(check: Callable[[], dict[str, object]]) -> dict[str, object]:
    try:
        return check()
    except Exception as error:  # Each driver has its own; whatever it is, the part is down.
        return {"ok": False, "error": type(error).__name__}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    parts = {"database": run(check_database), "broker": run(check_broker)}
    # The heartbeat lies in the broker's server: without it there is nothing to ask.
    parts["worker"] = run(check_worker) if parts["broker"]["ok"] else {"ok": False, "error": "broker is down"}
    down = [name for name, part in parts.items() if not part["ok"]]
    return JsonResponse({"status": "down" if down else "ok", "down": down, **parts}, status=503 if down else 200)
