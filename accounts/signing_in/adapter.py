"""How django-allauth behaves here: e-mails in the reader's language, under the portal's name."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.demo.demo_accounts import DEMO_EMAILS
from accounts.domain.never_verified import owner_of
from accounts.models import User
from accounts.signing_in import factor_secrets
from accounts.validators import validate_plain_email
from kr_ru_platform.web.requests.throttling import throttle_action
from kr_ru_platform.web.requests.too_many import is_counted
from kr_ru_platform.web.requests.visitors import visitor_address
from kr_ru_platform.words.lines import one_line
from kr_ru_platform.words.reading.folding import fold_email


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def clean_email(self, email: str) -> str:
        """Outside local mode nobody takes a demo address: the portal would not start again."""
        email = fold_email(email)
        validate_plain_email(email)
        if email in DEMO_EMAILS and not settings.DEMO_MODE:
            raise ValidationError(EmailValidator.message, code="invalid")
        return str(super().clean_email(email))

    def send_account_already_exists_mail(self, email: str) -> None:
        """As slow as a new account, whose password is hashed: the time would tell who has one."""
        make_password(get_random_string(20))
        super().send_account_already_exists_mail(email)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Whichever way leads here, a log-in to an address that waits for its code too. Raises TooManyError."""
        receiver = emailconfirmation.email_address.email
        if not is_counted(request, receiver):
            throttle_action("verification", address=visitor_address(request), receiver=receiver)
        super().send_confirmation_mail(request, emailconfirmation, signup)

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Not of an account that was closed since the code was sent: with an address it would be half alive again."""
        with transaction.atomic():
            open_one = User.objects.select_for_update().filter(pk=email_address.user_id, is_closed=False)
            return bool(open_one.first()) and super().confirm_email(request, email_address)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor is asked for it first."""
        methods = list(super().get_reauthentication_methods(user))
        return sorted(methods, key=lambda method: method["id"] == "reauthenticate")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that the person chose; to a stranger in that of the page they are on."""
        with override(_language_of(email, context.get("user"))):
            site = SimpleNamespace(
                name=_("Korea–Russia Technology Matching"), domain=urlsplit(settings.PUBLIC_BASE_URL).netloc
            )
            plain = {name: self._plain(value) for name, value in context.items()}
            super().send_mail(template_prefix, email, {**plain, "current_site": site})

    def render_mail(self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None) -> Any:
        """Whose it is goes along, also to an address that is not confirmed yet."""
        message = super().render_mail(template_prefix, email, context, headers)
        user = context.get("user")
        message.account = user.pk if isinstance(user, User) else None
        return message

    def _plain(self, value: Any) -> Any:
        """Words stay on their line, and a link leads to the portal whatever host the request was made to."""
        if not isinstance(value, str):
            return value
        here, home = self.request.build_absolute_uri("/"), settings.PUBLIC_BASE_URL.rstrip("/") + "/"
        return one_line(home + value.removeprefix(here) if value.startswith(here) else value)

    def get_client_ip(self, request: HttpRequest) -> str:
        return visitor_address(request)

    def format_email_subject(self, subject: str) -> str:
        return f"[{_('Korea–Russia Technology Matching')}] {subject}"


def _language_of(email: str, user: User | None) -> str | None:
    owner = owner_of(email) or User.objects.filter(email=email).first() or user
    return owner.language if owner else get_language()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    def encrypt(self, text: str) -> str:
        return factor_secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return factor_secrets.decrypt(encrypted_text)
