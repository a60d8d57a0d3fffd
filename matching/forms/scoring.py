"""The one question before another version of the scorer counts."""

from django import forms


class SwitchScorerForm(forms.Form):
    """Which one counted when the page was opened: somebody may have switched since."""

    active = forms.CharField(max_length=20, widget=forms.HiddenInput)
