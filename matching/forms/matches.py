"""What a company says about a match."""

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.enums import NotRelevantReason


class NotRelevantForm(forms.Form):
    """The reason helps the centre and the next version of the scores; nobody has to give one."""

    reason = forms.ChoiceField(
        label=_("Why is it not relevant?"),
        choices=[("", _("No reason given")), *NotRelevantReason.choices],
        required=False,
    )
    text = forms.CharField(
        label=_("In your own words (optional)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only your company and the centre read this."),
    )
