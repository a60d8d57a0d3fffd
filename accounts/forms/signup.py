"""What the sign-up form asks beside e-mail and password."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.validators import validate_name
from kr_ru_platform.words.languages import Language


class SignupForm(forms.Form):
    full_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        validators=[validate_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        help_text=_("So that the centre can call back about a request."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    has_consented = forms.BooleanField(
        label=_("I agree that the centre keeps my name, e-mail address and telephone number."),
        help_text=_(
            "They are used to answer requests and to introduce partners, are shown to the centre's "
            "staff only, and are deleted when you ask the centre to close your account. "
            "Without this consent an account cannot be opened."
        ),
    )
    field_order = ["email", "password1", "password2", "full_name", "phone", "has_consented"]

    def signup(self, request: HttpRequest, user: User) -> None:
        data: dict[str, Any] = self.cleaned_data
        user.full_name, user.phone = data["full_name"], data["phone"]
        language = (get_language() or "")[:2]
        user.language = language if language in Language.values else Language.KOREAN
        user.save(update_fields=["full_name", "phone", "language"])
