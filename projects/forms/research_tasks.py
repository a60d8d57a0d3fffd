"""The form of a research task and of its partners."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Organisation, User
from kr_ru_platform.web.fields import DateField, RevisionField
from matching.enums import Direction
from projects.enums import TASK_MONTHS, PartnerRole, TaskState
from projects.forms.fields import OrganisationField
from projects.models import ResearchTask


class ResearchTaskForm(forms.ModelForm):
    starts_on = DateField(label=_("Start"))
    ends_on = DateField(
        label=_("End"),
        required=False,
        help_text=_("Leave empty: 6, 12 or 24 months by the type."),
    )
    expected_revision = RevisionField()

    class Meta:
        model = ResearchTask
        fields = (
            "programme",
            "number",
            "title_ko",
            "title_ru",
            "title_en",
            "task_type",
            "field",
            "direction",
            "evidence",
            "starts_on",
            "ends_on",
            "manager",
            "summary",
            "has_illustrative_amounts",
        )
        help_texts = {"title_ko": _("The title is shown to the public: leave out what is confidential.")}
        widgets = {
            "task_type": forms.RadioSelect,
            "direction": forms.RadioSelect,
            "evidence": forms.Textarea(attrs={"rows": 4}),
            "summary": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["direction"].choices = Direction.choices  # type: ignore[attr-defined]
        self.fields["task_type"].choices = type_choices()  # type: ignore[attr-defined]
        self.fields["manager"].queryset = User.objects.centre_staff().active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_on"), data.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The end must be after the start."))
        is_under_way = self.instance.state in (TaskState.RUNNING, TaskState.COMPLETED)
        if is_under_way and not data.get("evidence", "").strip():
            self.add_error("evidence", _("A task under way needs the evidence for its direction."))
        return data

    def _get_validation_exclusions(self) -> set[str]:
        # The end may still be empty here: the domain works it out from the type.
        return super()._get_validation_exclusions() | {"ends_on"}


def type_choices() -> list[tuple[str, str]]:
    return [(kind.value, f"{kind.label} ({length(months)})") for kind, months in TASK_MONTHS.items()]


def length(months: int) -> str:
    # Not inside the f-string: texts there are not found for translation.
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


class PartnerForm(forms.Form):
    organisation = OrganisationField(
        label=_("Organisation"),
        required=False,
        widget=forms.TextInput(attrs={"list": "organisation-names", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=PartnerRole.choices, required=False)


class BasePartnerFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        if any(form.errors for form in self.forms):
            return
        chosen = self.partners()
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("This organisation already has this role."))
        before = {getattr(row.get("organisation"), "pk", None) for row in self.initial or ()}
        for form in self.forms:
            organisation = form.cleaned_data.get("organisation")
            if organisation and not organisation.is_confirmed and organisation.pk not in before:
                form.add_error("organisation", _("The centre has not confirmed this organisation yet: do that first."))

    def partners(self) -> list[tuple[Organisation, PartnerRole]]:
        """Rows whose organisation was emptied are removed."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("organisation")]
        return [(row["organisation"], PartnerRole(row["role"])) for row in rows]


PartnerFormSet = forms.formset_factory(PartnerForm, formset=BasePartnerFormSet, extra=2, max_num=20)


class MoveForm(forms.Form):
    """Carries which version the person saw who confirms the move."""

    expected_revision = RevisionField()


class StopForm(MoveForm):
    reason = forms.CharField(label=_("Why it is stopped"), widget=forms.Textarea(attrs={"rows": 4}))
