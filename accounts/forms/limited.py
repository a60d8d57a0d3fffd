"""django-allauth's forms that have the portal write to somebody: so often and no oftener, whoever asks."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.core import context
from django.db import IntegrityError, transaction

from kr_ru_platform.web.requests.too_many import is_within_limits


class Limited:
    """Counted when everything else is right; refused, the form keeps what was typed and says when to try again."""

    action: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        if not self.errors and data.get("email"):  # type: ignore[attr-defined]
            user = context.request.user
            sender = user.pk if user.is_authenticated else None
            is_within_limits(context.request, self, self.action, sender=sender, receiver=data["email"])  # type: ignore[arg-type]
        return data


class SignupForm(Limited, allauth_forms.SignupForm):  # type: ignore[misc]
    action = "sign-up"

    def try_save(self, request: Any) -> Any:
        """The whole account or none; where somebody opened it since the form looked, as if it had seen it."""
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)


class ResetPasswordForm(Limited, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    action = "password reset"


class AddEmailForm(Limited, allauth_forms.AddEmailForm):  # type: ignore[misc]
    action = "address change"
