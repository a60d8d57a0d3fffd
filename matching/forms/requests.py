"""Forms of match requests and introductions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.forms.organisation_choice import OrganisationChoiceField
from accounts.models import Organisation, User
from kr_ru_platform.web.fields import DateField, RevisionField
from kr_ru_platform.web.uploads import AttachmentsField
from matching.enums import DeclineReason
from matching.models import Demand, Introduction

MESSAGE_LENGTH = 5000


def message_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=MESSAGE_LENGTH,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def attachments_field() -> AttachmentsField:
    return AttachmentsField(label=_("Files"), required=False)


class RequestForm(forms.Form):
    """The company's request. Choices narrow to what the person acts for."""

    organisation = OrganisationChoiceField(label=_("Company"), queryset=Organisation.objects.none())
    demand = forms.ModelChoiceField(
        label=_("Related demand"),
        queryset=Demand.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("The centre sees the demand together with your request."),
    )
    message = message_field(
        _("Message to the centre"),
        help_text=_("What would you like to do with the technology, and by when? What should the holder know?"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.visible_to(user)
        if user.is_centre_staff:
            organisations = organisations.filter(kind=OrganisationKind.COMPANY)
        self.fields["organisation"].queryset = organisations
        self.fields["demand"].queryset = Demand.objects.visible_to(user).open()
        if organisations.count() == 1:
            self.fields["organisation"].initial = organisations.get()
            self.fields["organisation"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        demand, organisation = cleaned.get("demand"), cleaned.get("organisation")
        if demand and organisation and demand.organisation_id != organisation.pk:
            self.add_error("demand", _("This demand belongs to another company."))
        return cleaned


class MessageForm(forms.Form):
    body = message_field(_("Message"))
    files = attachments_field()


class StaffMessageForm(MessageForm):
    is_internal = forms.BooleanField(label=_("Internal note: the company does not see it"), required=False)


class StepForm(forms.Form):
    """A step in a request, by somebody who has seen it as it stands."""

    expected_revision = RevisionField()


class AskForm(StepForm):
    body = message_field(_("Question to the company"))
    files = attachments_field()


class AcceptForm(StepForm):
    body = message_field(_("Note to the company"), required=False, help_text=_("What the centre does next, and when."))


class DeclineForm(StepForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=[("", "---------"), *DeclineReason.choices])
    body = message_field(
        _("Note to the company"), help_text=_("Explain in plain words, and say what could help instead.")
    )


class WithdrawForm(StepForm):
    body = message_field(_("Reason (optional)"), required=False)


class DueDateForm(forms.Form):
    due_on = DateField(label=_("Next answer due"))

    def clean_due_on(self) -> Any:
        due_on = self.cleaned_data["due_on"]
        if due_on < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return due_on


class IntroductionForm(forms.ModelForm):
    expected_revision = RevisionField()

    class Meta:
        model = Introduction
        fields = [
            "introduced_on",
            "holder_contact",
            "note",
            "next_step",
            "next_step_on",
            "nda_signed_on",
            "nda_ends_on",
        ]
        field_classes = dict.fromkeys(("introduced_on", "next_step_on", "nda_signed_on", "nda_ends_on"), DateField)
        widgets = {"note": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "holder_contact": _("Person or department at the holder."),
            "next_step": _("The company sees this together with its date."),
            "nda_signed_on": _("From this day the company may read the profile's protected part."),
            "nda_ends_on": _("The last day on which it may. Leave it empty if the agreement has no end."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("next_step") and not cleaned.get("next_step_on"):
            self.add_error("next_step_on", _("Give the date of the next step."))
        for name in ("introduced_on", "nda_signed_on"):
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, _("This date is in the future."))
        if cleaned.get("nda_ends_on") and "nda_signed_on" in cleaned and not cleaned["nda_signed_on"]:
            self.add_error("nda_signed_on", _("Give the day on which the agreement was signed."))
        return cleaned


class IntroduceForm(IntroductionForm):
    # To whom: the technology may get another holder while the page is open.
    technology_revision = RevisionField()


class IntroductionEditForm(IntroductionForm):
    """With whom the agreement is asked where the technology has got another holder since."""

    signed_with = OrganisationChoiceField(
        label=_("Agreement with"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text=_(
            "The technology has another holder than at the introduction. Only an agreement with today's holder, "
            "signed anew or taken over by it in writing, opens the protected part."
        ),
    )

    def __init__(self, *args: Any, parties: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(parties) < 2:
            del self.fields["signed_with"]
            return
        field = self.fields["signed_with"]
        field.queryset = Organisation.objects.filter(pk__in=[party.pk for party in parties])  # type: ignore[attr-defined]
        field.initial = self.instance.party
