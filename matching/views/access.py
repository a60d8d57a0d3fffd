"""Who may enter the curators' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from matching import rules

View = Callable[..., HttpResponse]


def curators_only(view: View) -> View:
    """Visitors are sent to log in; people who are not of the centre are refused."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.can_curate(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
