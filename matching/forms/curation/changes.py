"""The form of a second person about a change that waits."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.fields import RevisionField

DECISIONS = [("approve", "approve"), ("return", "return"), ("drop", "drop")]


class DecisionForm(forms.Form):
    revision = RevisionField()
    # Said by the button that is pressed.
    decision = forms.ChoiceField(choices=DECISIONS, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Needed to return a change, and for a programme manager to publish an own one alone. "
            "It is kept with the decision and shown here."
        ),
    )
