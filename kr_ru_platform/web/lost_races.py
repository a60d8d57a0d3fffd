"""Two people at once: what the second one finds is told by the page, not by an error of the server."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def asked_again_if_late(view: View) -> View:
    """A number taken or a row deleted since the check: the second check, by the view itself, sees it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (IntegrityError, ObjectDoesNotExist):
            return view(request, *args, **kwargs)

    return guarded
