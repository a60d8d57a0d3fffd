"""How django-allauth behaves here: e-mails in the reader's language, under the portal's name."""

from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.demo import DEMO_EMAILS
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def clean_email(self, email: str) -> str:
        """Outside local mode nobody takes a demo address: the portal would not start again."""
        if email.lower() in DEMO_EMAILS and not settings.DEMO_MODE:
            raise ValidationError(EmailValidator.message, code="invalid")
        return str(super().clean_email(email))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second factor is asked for it first."""
        methods = list(super().get_reauthentication_methods(user))
        return sorted(methods, key=lambda method: method["id"] == "reauthenticate")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language that the person chose; to a stranger in that of the page they are on."""
        owner = User.objects.filter(email__iexact=email).first()
        with override(owner.language if owner else get_language()):
            site = SimpleNamespace(name=_("Korea–Russia Technology Matching"), domain=self.request.get_host())
            super().send_mail(template_prefix, email, {**context, "current_site": site})

    def format_email_subject(self, subject: str) -> str:
        return f"[{_('Korea–Russia Technology Matching')}] {subject}"
