"""Reporting and checking outcomes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.fields import DateField, RevisionField
from kr_ru_platform.web.uploads import AttachmentField
from projects.enums import MONEY_KINDS, OutcomeKind
from projects.forms.fields import FigureField
from projects.models import Outcome


class OutcomeForm(forms.ModelForm):
    value = FigureField(
        label=_("Value"),
        help_text=_("For example 660,000 or 66만. The unit of money goes into the next field."),
    )
    period_start = DateField(label=_("Period from"))
    period_end = DateField(label=_("Period to"))
    evidence_file = AttachmentField(label=_("Evidence file"), required=False)
    expected_revision = RevisionField()

    class Meta:
        model = Outcome
        fields = (
            "kind",
            "value",
            "currency",
            "country",
            "period_start",
            "period_end",
            "evidence",
            "evidence_file",
        )
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"currency": _("For amounts of money only; leave empty for jobs, patents and papers.")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind"):
            self.check_unit(OutcomeKind(data["kind"]), data)
        start, end = data.get("period_start"), data.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", _("The period must end after it starts."))
        return data

    def check_unit(self, kind: OutcomeKind, data: dict[str, Any]) -> None:
        if kind in MONEY_KINDS and not data.get("currency"):
            self.add_error("currency", _("Choose the currency of this amount."))
        if kind not in MONEY_KINDS and data.get("currency"):
            self.add_error("currency", _("Jobs, patents and papers are counted: leave the currency empty."))
        value = data.get("value")
        if kind not in MONEY_KINDS and value is not None and value != int(value):
            self.add_error("value", _("Write a whole number."))
        if kind != OutcomeKind.EXPORTS and data.get("country"):
            self.add_error("country", _("A country belongs to exports only."))

    def validate_constraints(self) -> None:
        """Said field by field above; the database holds the line."""


class CheckForm(forms.Form):
    expected_revision = RevisionField()
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you compared the figure with."),
    )


class DisputeForm(forms.Form):
    expected_revision = RevisionField()
    note = forms.CharField(label=_("What is disputed"), widget=forms.Textarea(attrs={"rows": 3}))
