"""The same address answers with a page or, asked by htmx, with a part of it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


def vary_on_htmx(get_response: GetResponse) -> GetResponse:
    """A browser that goes back to a page must not take a part of it, kept under the same address, for the page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return answer
