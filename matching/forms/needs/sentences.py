"""Which sentences of a demand state the need: a box to tick for each."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kr_ru_platform.web.fields import RevisionField
from matching.models import NeedSentence


class SentencesForm(forms.Form):
    revision = RevisionField()
    counted = forms.TypedMultipleChoiceField(
        label=_("Sentences that say what you look for"),
        coerce=int,
        error_messages={"required": _("Tick at least one sentence.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, sentences: Sequence[NeedSentence], **kwargs: Any) -> None:
        counted = [sentence.position for sentence in sentences if sentence.is_counted]
        super().__init__(*args, initial={"counted": counted, **(kwargs.pop("initial", None) or {})}, **kwargs)
        self.fields["counted"].choices = [(sentence.position, sentence.text) for sentence in sentences]  # type: ignore[attr-defined]
        self.left_out = len(sentences) - len(counted)
