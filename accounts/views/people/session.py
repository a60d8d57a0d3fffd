"""How long one's session lasts, for a page that warns before it ends."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.signing_in import session_clock


@never_cache
@require_safe
def session_state(request: HttpRequest) -> JsonResponse:
    """Asking does not prolong it. Nobody logged in: no seconds left."""
    return _state(request)


@never_cache
@require_POST
def session_keep(request: HttpRequest) -> JsonResponse:
    """The person said that they are still there; the middleware has noted it."""
    return _state(request)


def _state(request: HttpRequest) -> JsonResponse:
    user = request.user
    left = session_clock.seconds_left(request.session, user) if user.is_authenticated else 0
    return JsonResponse({"is_logged_in": user.is_authenticated, "seconds_left": left})
