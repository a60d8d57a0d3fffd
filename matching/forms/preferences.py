"""What matters more to a company: one question for each part of the score."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from matching.domain.scorers import active_scorer
from matching.enums import Emphasis
from matching.explanations import LABELS


class PreferencesForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in active_scorer().weights:
            self.fields[code] = forms.ChoiceField(
                label=LABELS.get(code, code),
                choices=Emphasis.choices,
                initial=Emphasis.NORMAL,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            )

    @property
    def preferences(self) -> dict[str, str]:
        """A part that nothing was said about counts as usual."""
        return {code: emphasis for code, emphasis in self.cleaned_data.items() if emphasis}


def in_words(preferences: Mapping[str, str]) -> str:
    """“Readiness (TRL): more, Shared terms: less”."""
    words = {Emphasis.LESS.value: _("less important"), Emphasis.MORE.value: _("more important")}
    told = [
        _("%(part)s: %(emphasis)s") % {"part": LABELS.get(code, code), "emphasis": words[preferences[code]]}
        for code in [*LABELS, *sorted(preferences.keys() - LABELS.keys())]
        if preferences.get(code) in words
    ]
    return ", ".join(told)
