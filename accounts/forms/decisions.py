"""Forms with which the centre decides about organisations, and with which somebody disputes one."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from accounts.enums import ConfirmationGround, NumberKind
from accounts.models import OrganisationAlias, OrganisationClaim, OrganisationNumber
from accounts.models.decisions import CLAIM_MESSAGE
from accounts.names.numbers import compact, is_valid
from kr_ru_platform.web.fields import RevisionField


class ConfirmForm(forms.Form):
    """`has_entry`: a register knows one of the numbers, so that it may be the ground."""

    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Document or how it is known"),
        max_length=300,
        required=False,
        help_text=_("For example the file name of the certificate, its number and date. It is kept in the history."),
    )
    expected_revision = RevisionField()

    def __init__(self, *args: Any, has_entry: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = [ground for ground in ConfirmationGround if has_entry or ground != ConfirmationGround.REGISTRY]
        self.fields["ground"].choices = [(ground.value, ground.label) for ground in grounds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("ground") != ConfirmationGround.REGISTRY and not data.get("note", "").strip():
            self.add_error("note", _("Write which document it was, or how the centre knows the organisation."))
        return data


class WithdrawForm(forms.Form):
    note = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Its managers read it in an e-mail."))
    expected_revision = RevisionField()


class DecisionForm(forms.Form):
    """Which of the two buttons was pressed stands in `answer`; a refusal needs a reason."""

    expected_revision = RevisionField()
    organisation_revision = RevisionField()

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you decline; the person reads it in an e-mail."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("answer") != "yes" and not data.get("reason", "").strip():
            self.add_error("reason", _("Write why it is declined."))
        return data


class ClaimForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        message = self.fields["message"]
        message.validators.append(MaxLengthValidator(CLAIM_MESSAGE))
        message.widget.attrs["maxlength"] = CLAIM_MESSAGE

    class Meta:
        model = OrganisationClaim
        fields = ["message"]
        widgets = {"message": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "message": _(
                "Who you are in the company and how the centre can check it, for example the telephone number on your"
                " website. Do not send documents here: the centre asks for them."
            )
        }


class NumberForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, kind.label) for kind in NumberKind if kind != NumberKind.EXTERNAL]
    )
    # Longer than the column: people type spaces and dashes.
    value = forms.CharField(label=_("Number"), max_length=80)

    class Meta:
        model = OrganisationNumber
        fields = ["kind", "value"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        value = compact(data.get("value", ""))
        if data.get("value") and data.get("kind") and not is_valid(data["kind"], value):
            self.add_error("value", _("There is no such number of this kind: check the digits."))
        data["value"] = value
        return data


class AliasForm(forms.ModelForm):
    class Meta:
        model = OrganisationAlias
        fields = ["name", "language", "kind"]
