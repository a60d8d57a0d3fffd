"""Questions to a company, made from what the nearest technologies differ in → sentences."""

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from matching.domain.matches.asking_back import Question
from matching.enums import Field


def asked(question: Question) -> Promise:
    if question.about == "readiness":
        lowest, highest = question.choices
        text = _("How ready must it be? The nearest technologies are at TRL {lowest} to {highest}.")
        return format_lazy(text, lowest=lowest, highest=highest)
    if question.about == "field":
        labels = [Field(code).label for code in question.choices]
        text = _("Which field is it about? The nearest technologies are in: {choices}.")
    else:
        labels = list(question.choices)
        text = _("Has it to do with one of these? The nearest technologies name: {choices}.")
    return format_lazy(text, choices=format_lazy(", ".join(["{}"] * len(labels)), *labels))
