"""Before what cannot be taken back one shows oneself again: by the second factor, or by the password."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required, suspend_request
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def shown_again(is_needed: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """What was posted waits in the session and is done after that. Answered, not raised: views run inside of others."""

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if is_needed(request) and is_reauthentication_required(request, app=""):
                methods = get_adapter(request).get_reauthentication_methods(request.user)
                return suspend_request(request, methods[0]["url"])
            return view(request, *args, **kwargs)

        return answer

    return around


def is_posted(request: HttpRequest) -> bool:
    return request.method == "POST"
