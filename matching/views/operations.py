"""What an operator wants to know: a page for programme managers, and the same as figures for Prometheus."""

import hmac
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from kr_ru_platform.running.mail.mail_queue import try_failed_again
from kr_ru_platform.running.watching import machine_state
from kr_ru_platform.running.watching.task_records import TaskRecord, watched_records
from matching import metrics
from matching.domain import backlog
from matching.rules import can_see_operations

WORK = {
    "technology_index": _("Technologies to be indexed"),
    "demand_index": _("Demands to be indexed"),
    "profile_index": _("Company profiles to be indexed"),
    "demand_scores": _("Demands to be scored"),
    "profile_scores": _("Company profiles to be scored"),
    "technology_scores": _("Technologies to be compared with demands"),
    "imports": _("Imports under way"),
}
TASKS = {
    "matching.sweep": _("Looking for what waits"),
    "matching.sweep_needs": _("Scoring of demands and profiles"),
    "matching.sweep_technologies": _("Indexing and comparing of technologies"),
    "matching.tend_vector_indexes": _("Indexes for searching a large catalogue by meaning"),
    "kr_ru_platform.tasks.send_queued_mail": _("Sending of e-mails"),
}
PROGRAMS = {"worker": _("Worker"), "clock": _("Clock")}
ROOMS = {"data": _("Data folder"), "uploads": _("Uploaded files")}


@login_required
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    if not can_see_operations(request.user):
        raise PermissionDenied
    context = {
        "programs": [_program(name, age) for name, age in machine_state.heartbeat_ages().items()],
        "queued": machine_state.queued_tasks(),
        "work": [(WORK[row.code], row) for row in backlog.waiting_work()],
        "unreadable": sum(backlog.unreadable_counts().values()),
        "encoder_problem": backlog.encoder_problem(),
        "tasks": [_task(record) for record in watched_records()],
        "mail": machine_state.mail_figures(),
        "rooms": [(ROOMS[room.code], room) for room in machine_state.rooms()],
        "database_bytes": machine_state.database_bytes(),
    }
    return render(request, "matching/scoring/operations/operations.html", context)


def _program(name: str, age: float | None) -> dict[str, Any]:
    return {
        "label": PROGRAMS[name],
        "up_label": pgettext("program", "Running"),
        "is_up": age is not None and age <= machine_state.OLDEST_HEARTBEAT,
        "seen_at": None if age is None else datetime.fromtimestamp(datetime.now(UTC).timestamp() - age, UTC),
    }


def _task(record: TaskRecord) -> dict[str, Any]:
    succeeded = record.succeeded_at
    return {
        "label": TASKS.get(record.name, record.name),
        "record": record,
        "succeeded_at": None if succeeded is None else datetime.fromtimestamp(succeeded, UTC),
    }


@login_required
@require_POST
def mail_try_again(request: HttpRequest) -> HttpResponse:
    if not can_see_operations(request.user):
        raise PermissionDenied
    count = try_failed_again()
    said = ngettext("%(count)s e-mail waits to be sent again.", "%(count)s e-mails wait to be sent again.", count)
    messages.success(request, said % {"count": count})
    return redirect("operations")


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """For a program that shows the token of the settings. Without one there is no such address."""
    wanted = settings.METRICS_TOKEN
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not wanted or not hmac.compare_digest(shown.encode(), wanted.encode()):
        raise Http404
    return HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST)
