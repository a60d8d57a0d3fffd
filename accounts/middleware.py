"""The centre's people see other companies' secrets: where required they need a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts import session_clock

# What a page asks by itself says so; see static/js/portal.js.
BACKGROUND_HEADER = "X-Background"
# Asking how long the session lasts does not prolong it.
NO_USE = frozenset({"session_state", "healthz"})


class SessionClockMiddleware:
    """A session whose time is over is logged out before anything is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if session_clock.seconds_left(request.session, request.user) <= 0:
                logout(request)
                messages.info(request, _("Your session has ended. Log in again to go on."))
            elif self._is_use(request):
                session_clock.note_use(request.session)
        return self.get_response(request)

    def _is_use(self, request: HttpRequest) -> bool:
        return BACKGROUND_HEADER not in request.headers and address_name(request) not in NO_USE


def address_name(request: HttpRequest) -> str:
    """As views are named in urls.py; empty where the address leads nowhere."""
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


class StaffSecondFactorMiddleware:
    """Until it is set up, centre staff reach only the pages of their own account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_MFA_REQUIRED and self._must_set_up(request):
            messages.warning(
                request,
                _("Centre staff need a second factor. Set up an authenticator app to go on."),
            )
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        user = request.user
        if not user.is_authenticated or self._is_open(request.path):
            return False
        return (user.is_staff or user.is_centre_staff) and not is_mfa_enabled(user)

    def _is_open(self, path: str) -> bool:
        """Account pages, the language switch and the health check work without a second factor."""
        return path.startswith((reverse("account_login").removesuffix("login/"), "/i18n/", "/healthz"))
