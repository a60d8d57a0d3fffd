"""What a visitor is told who did something too often: status 429, when to try again, and the form as it was typed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kr_ru_platform.web.requests.throttling import MINUTE, TooManyError, folded_receiver, throttle_action
from kr_ru_platform.web.requests.visitors import visitor_address

MARK = "_too_many"
COUNTED = "_mail_counted_for"


def is_within_limits(request: HttpRequest, form: BaseForm, action: str, **who: Any) -> bool:
    """Counts one more. When that is too many the form says so and the page that shows it becomes a 429."""
    try:
        throttle_action(action, address=visitor_address(request), **who)
    except TooManyError as error:
        form.add_error(None, error.sentence)
        setattr(request, MARK, error)
        return False
    return True


def note_counted(request: HttpRequest, receiver: str) -> None:
    """The mail that this request has written to the address is counted already."""
    setattr(request, COUNTED, folded_receiver(receiver))


def is_counted(request: HttpRequest, receiver: str) -> bool:
    return bool(getattr(request, COUNTED, None) == folded_receiver(receiver))


class TooManyMiddleware:
    """A form that was refused is a 429; so is what no view has answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (error := getattr(request, MARK, None)) and response.status_code == 200:
            response.status_code = 429
            response["Retry-After"] = str(error.seconds)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return too_many(request, exception) if isinstance(exception, TooManyError) else None


def too_many(request: HttpRequest, error: TooManyError | None = None) -> HttpResponse:
    """Also what django-allauth shows, which does not say until when."""
    error = error or TooManyError(timezone.now() + timedelta(seconds=5 * MINUTE))
    response = render(request, "429.html", {"sentence": error.sentence}, status=429)
    response["Retry-After"] = str(error.seconds)
    return response
