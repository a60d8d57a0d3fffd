"""What a browser or a proxy may keep of an answer."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]


def keep_private_pages_out_of_caches(get_response: Answer) -> Answer:
    """Whoever has a session may see what others may not: nothing of it is stored, neither here nor on the way.

    Outermost, so that it sees the session begin and end; static files have an answer of their own.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        if not is_static and _has_session(request, response):
            response["Cache-Control"] = "no-store, private"
        elif not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private"
        return response

    return answer


def _has_session(request: HttpRequest, response: HttpResponseBase) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies
