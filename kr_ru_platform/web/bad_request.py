"""The answer to what cannot be read as a request."""

from django.http import HttpRequest, HttpResponseBadRequest
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBadRequest:
    """Django's own looks for a token in the form that was sent, and that is what cannot be read."""
    return HttpResponseBadRequest(render_to_string("400.html"))
