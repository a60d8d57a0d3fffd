"""django-allauth's forms that have the portal write to somebody: so often and no oftener, whoever asks."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django.db import IntegrityError, transaction
from django.db.models.deletion import ProtectedError

from accounts.domain.never_verified import free_address, is_taken
from kr_ru_platform.web.requests.too_many import is_within_limits, note_counted


class Limited:
    """Counted when everything else is right; refused, the form keeps what was typed and says when to try again."""

    action: ClassVar[str]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        if not self.errors and data.get("email"):  # type: ignore[attr-defined]
            user = context.request.user
            sender = user.pk if user.is_authenticated else None
            if is_within_limits(context.request, self, self.action, sender=sender, receiver=data["email"]):  # type: ignore[arg-type]
                note_counted(context.request, data["email"])
        return data


class SignupForm(Limited, allauth_forms.SignupForm):  # type: ignore[misc]
    action = "sign-up"

    def validate_unique_email(self, value: str) -> str:
        """An account whose address nobody confirmed gives way to whoever signs up now."""
        email = str(super().validate_unique_email(value))
        self.account_already_exists = self.account_already_exists and is_taken(email)
        return email

    def try_save(self, request: Any) -> Any:
        """The whole account or none; where somebody opened it since the form looked, as if it had seen it."""
        try:
            with transaction.atomic():
                if not self.account_already_exists:
                    free_address(email=self.cleaned_data["email"])
                return super().try_save(request)
        except (IntegrityError, ProtectedError):
            self.account_already_exists = True
            return super().try_save(request)


class ConfirmEmailVerificationCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    def clean_code(self) -> str:
        """Who has the mailbox has the address, whoever opened an account on it."""
        allauth_forms.BaseConfirmCodeForm.clean_code(self)
        if self.user is not None and self.user.is_closed:
            raise get_adapter().validation_error("incorrect_code")
        if self.user is not None:
            free_address(email=self.email, keep=self.user)
        return str(super().clean_code())


class ResetPasswordForm(Limited, allauth_forms.ResetPasswordForm):  # type: ignore[misc]
    action = "password reset"

    def clean_email(self) -> str:
        """An account that a stranger may have filled in is nobody's to take over: its address is free to sign up."""
        email = str(super().clean_email())
        if not is_taken(email):
            self.users = []
        return email


class AddEmailForm(Limited, allauth_forms.AddEmailForm):  # type: ignore[misc]
    action = "address change"
