"""Log-in with e-mail and password."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.demo.demo_accounts import DEMO_EMAILS


class PortalBackend(AuthenticationBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at log-in and again for each session: demo accounts are refused outside local mode."""
        if user.email in DEMO_EMAILS and not settings.DEMO_MODE:
            return False
        return super().user_can_authenticate(user)
