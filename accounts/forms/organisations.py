"""Forms for organisations and their members."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.domain.organisations.identity_marks import with_business_number
from accounts.enums import Confirmation, Country, MembershipRole, OrganisationKind
from accounts.models import Invitation, Membership, Organisation
from accounts.registered.list_counts import list_counts
from accounts.validators import normalise_business_number
from kr_ru_platform.web.fields import RevisionField
from kr_ru_platform.words.addresses.web_addresses import validate_web_address


class BusinessNumberField(forms.CharField):
    """Ten digits, however they are spaced."""

    def __init__(self, *, max_length: int = 40, **kwargs: Any) -> None:
        # The column is shorter than what people type with spaces.
        super().__init__(max_length=40, **kwargs)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: Any) -> str:
        return normalise_business_number(super().to_python(value) or "")


class OrganisationForm(forms.ModelForm):
    expected_revision = RevisionField()
    website = forms.URLField(
        label=_("website"), required=False, assume_scheme="https", validators=[validate_web_address]
    )

    class Meta:
        model = Organisation
        fields = [
            "name_ko",
            "name_en",
            "name_ru",
            "short_name",
            "kind",
            "country",
            "city",
            "size_class",
            "registration_number",
            "website",
            "is_name_masked",
        ]
        field_classes = {"registration_number": BusinessNumberField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_revision"].initial = self.instance.revision if self.instance.pk else None

    def clean_registration_number(self) -> str:
        """One that another organisation registered with, or is known to the centre by."""
        number: str = self.cleaned_data["registration_number"]
        if number and with_business_number(number).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This business registration number is already registered."), code="unique")
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("country", Country.KOREA) != Country.KOREA and data.get("registration_number"):
            self.add_error("registration_number", _("Only Korean organisations have this number."))
        return data

    @property
    def content(self) -> dict[str, Any]:
        """What is to be stored."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class RegisterForm(OrganisationForm):
    """Somebody registers their own company: the number proves that it exists."""

    class Meta(OrganisationForm.Meta):
        fields = [
            "country",
            "registration_number",
            "name_ko",
            "name_en",
            "name_ru",
            "kind",
            "size_class",
            "city",
            "website",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].initial = Country.KOREA
        self.fields["kind"].initial = OrganisationKind.COMPANY
        self.fields["registration_number"].help_text = _(
            "Ten digits, for example 124-81-00998. Needed for Korean companies."
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        is_korean = data.get("country") == Country.KOREA
        if is_korean and not data.get("name_ko") and "name_ko" not in self.errors:
            self.add_error("name_ko", _("Give the name in Korean."))
        needs_number = is_korean and data.get("kind") == OrganisationKind.COMPANY
        if needs_number and not data.get("registration_number") and "registration_number" not in self.errors:
            self.add_error("registration_number", _("Give your company's business registration number."))
        return data

    @property
    def taken_number(self) -> str:
        """The number as typed, when the only thing wrong with it is that somebody registered it."""
        errors = self.errors.as_data().get("registration_number", [])
        taken = [error.code for error in errors] == ["unique"]
        return normalise_business_number(self["registration_number"].value() or "") if taken else ""


class OwnOrganisationForm(OrganisationForm):
    """What an owner may correct; number, kind and masking stay with the centre."""

    class Meta(OrganisationForm.Meta):
        fields = ["name_ko", "name_en", "name_ru", "short_name", "city", "size_class", "website"]


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "role"]

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["role"].initial = MembershipRole.MEMBER

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        members = Membership.objects.active().filter(organisation=self.organisation)
        # By the address that colleagues see; whose the others are this answer tells nobody.
        if members.filter(user__email=email).exists():
            raise forms.ValidationError(_("This person already belongs to the organisation."))
        return email


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=MembershipRole.choices)


def orders() -> list[tuple[str, Any]]:
    counts = [(count.name, count.order_label) for count in list_counts()]
    return [("name", _("By name")), ("new", _("Newest first")), *counts]


class OrganisationFilterForm(forms.Form):
    q = forms.CharField(label=_("Name, city or number"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *OrganisationKind.choices], required=False)
    country = forms.ChoiceField(label=_("Country"), choices=[("", _("All")), *Country.choices], required=False)
    confirmation = forms.ChoiceField(
        label=_("Confirmation"), choices=[("", _("All")), *Confirmation.choices], required=False
    )
    sort = forms.ChoiceField(label=_("Sort"), choices=orders, required=False)
