"""What matters more to a company: one question for each part of the score."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from matching.domain.matches.scorers import active_scorer
from matching.enums import Emphasis
from matching.wording.scores import LABELS


class PreferencesForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in active_scorer().weights:
            self.fields[code] = forms.ChoiceField(
                label=LABELS.get(code, code),
                choices=Emphasis.choices,
                initial=Emphasis.NORMAL,
                required=False,
                # So that what somebody else has asked for since is left as it is.
                show_hidden_initial=True,
                widget=forms.RadioSelect(attrs={"class": "choices--row"}),
            )

    def over(self, present: Mapping[str, str]) -> dict[str, str]:
        """What was chosen, and for the parts that were left as they stood in the form what is asked for now."""
        now = {
            code: self.cleaned_data[code] if code in self.changed_data else present.get(code) for code in self.fields
        }
        return {code: emphasis for code, emphasis in now.items() if emphasis}


def in_words(preferences: Mapping[str, str]) -> str:
    """“Readiness (TRL): more, Shared terms: less”."""
    words = {Emphasis.LESS.value: _("less important"), Emphasis.MORE.value: _("more important")}
    told = [
        _("%(part)s: %(emphasis)s") % {"part": LABELS.get(code, code), "emphasis": words[preferences[code]]}
        for code in [*LABELS, *sorted(preferences.keys() - LABELS.keys())]
        if preferences.get(code) in words
    ]
    return ", ".join(told)
