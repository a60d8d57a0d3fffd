"""Requests for somebody else's host, and in local mode those of other machines, are refused before anything else."""

import logging

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from kr_ru_platform.embedded.local_mode import HOW, is_loopback
from kr_ru_platform.web.bad_request import bad_request
from kr_ru_platform.web.htmx import GetResponse

logger = logging.getLogger(__name__)


def refuse_strange_hosts(get_response: GetResponse) -> GetResponse:
    """A page of another site, whose name was made to lead here, must not read what this browser may."""

    def answer(request: HttpRequest) -> HttpResponse:
        visitor = request.META.get("REMOTE_ADDR", "")
        if settings.LOOPBACK_ONLY and visitor and not is_loopback(visitor):
            logger.warning("Refused %s: local mode answers this machine alone.", visitor)
            text = f"Local mode answers the machine alone on which it runs. {HOW}\n"
            return HttpResponse(text, status=403, content_type="text/plain; charset=utf-8")
        try:
            request.get_host()
        except DisallowedHost as error:
            logger.warning("Refused %s a request for the host %.200r.", visitor, request.META.get("HTTP_HOST", ""))
            return bad_request(request, error)
        return get_response(request)

    return answer
