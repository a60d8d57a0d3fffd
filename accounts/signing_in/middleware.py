"""How long a session lasts, and what it must have used: the centre's people see other companies' secrets."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.signing_in import second_factor, session_clock

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
    """Where it is required, staff rights are in force only in a session that used a second factor.

    Every address is refused but those that lead to it, so that no page, file or part of a page is forgotten.
    """

    # Of the session itself, and of answers that are the same for everybody.
    ALWAYS = frozenset({"account_logout", "set_language", "healthz", "session_state", "session_keep"})
    WHEN_SET_UP = ALWAYS | {"mfa_reauthenticate"}
    # An address that is not confirmed stands in the way of setting it up.
    BEFORE = ALWAYS | {
        "account_email",
        "account_email_verification_sent",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_index",
    }

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.STAFF_MFA_REQUIRED or not self._is_staff(request) or second_factor.is_used(request):
            return self.get_response(request)
        is_set_up = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
        if address_name(request) in (self.WHEN_SET_UP if is_set_up else self.BEFORE):
            return self.get_response(request)
        if is_set_up:
            return self._led_to("mfa_reauthenticate", request)
        messages.warning(request, _("Centre staff need a second factor. Set up an authenticator app to go on."))
        return self._led_to("mfa_activate_totp", request)

    def _is_staff(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and (user.is_staff or user.is_centre_staff)

    def _led_to(self, name: str, request: HttpRequest) -> HttpResponse:
        query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        return redirect(reverse(name) + (f"?{query}" if query and name == "mfa_reauthenticate" else ""))
