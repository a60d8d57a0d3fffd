"""Who asked for what, and a number by which everything that a request did is found in the logs."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from kr_ru_platform.running.watching.logs import request_id
from kr_ru_platform.web.requests.visitors import visitor_address

HEADER = "X-Request-ID"
# What a proxy may have written; anything else is replaced.
GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")
NOT_LOGGED = ("/livez", "/readyz", "/healthz", "/static/")

access = logging.getLogger("portal.access")


class RequestLogMiddleware:
    """Gives each request a number, and writes who asked for what: the path, never what was searched for or sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            if not request.path.startswith(NOT_LOGGED):
                self.write(request, response, time.perf_counter() - began)
            return response
        finally:
            request_id.reset(token)

    def write(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        told: dict[str, Any] = {
            "address": visitor_address(request),
            "user": user_of(request),
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "milliseconds": round(seconds * 1000),
        }
        access.info(
            "%(address)s user=%(user)s %(method)s %(path)s %(status)s %(milliseconds)s ms",
            told,
            extra=told,
        )


def user_of(request: HttpRequest) -> str:
    """By number: who that is stands in the database. Only where the request has asked for it anyway."""
    user = request.__dict__.get("_cached_user")
    return str(user.pk) if user is not None and user.pk else "-"
