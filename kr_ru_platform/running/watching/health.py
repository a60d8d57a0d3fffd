"""Three questions: is this process alive (/livez), can it serve pages (/readyz), does everything work (/healthz)?

A web server is started again when it is not alive, is asked nothing while it is not ready, and goes on
serving while the worker is down: that is for a person to mend.
"""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kr_ru_platform.celery import HEARTBEAT_KEY
from kr_ru_platform.celery import app as celery_app
from kr_ru_platform.running.beat import HEARTBEAT_KEY as BEAT_KEY
from kr_ru_platform.running.watching.machine_state import IMPATIENT, OLDEST_HEARTBEAT
from kr_ru_platform.running.watching.task_records import watched_records


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
    return check_heartbeat(HEARTBEAT_KEY)


def check_clock() -> dict[str, object]:
    return check_heartbeat(BEAT_KEY)


def check_tasks() -> dict[str, object]:
    """A worker that is up but never gets through with one of its tasks is not working."""
    failing = {record.name: record.error or "cut off" for record in watched_records() if record.keeps_failing}
    return {"ok": False, "error": "tasks keep failing", "failing": failing} if failing else {"ok": True}


def check_heartbeat(key: str) -> dict[str, object]:
    written_at = cache.get(key)
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
def livez(request: HttpRequest) -> HttpResponse:
    """Asks nobody: what others lack is not mended by starting this process again."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Without the broker pages still work and saving does, so only the database counts."""
    return answer({"database": run(check_database)})


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    parts = {"database": run(check_database), "broker": run(check_broker)}
    # The heartbeats lie in the broker's server: without it there is nothing to ask.
    for name, check in (("worker", check_worker), ("clock", check_clock), ("tasks", check_tasks)):
        parts[name] = run(check) if parts["broker"]["ok"] else {"ok": False, "error": "broker is down"}
    return answer(parts)


def answer(parts: dict[str, dict[str, object]]) -> JsonResponse:
    down = [name for name, part in parts.items() if not part["ok"]]
    return JsonResponse({"status": "down" if down else "ok", "down": down, **parts}, status=503 if down else 200)
