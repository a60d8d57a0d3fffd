"""Two people at one demand: what the other one's version says, beside what was typed."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kr_ru_platform.words.amounts import won
from kr_ru_platform.words.languages import reader_language
from matching.enums import TransferMode
from matching.forms.needs.demands import DemandForm
from matching.models import Demand

TEXTS = ("title", "problem", "wanted_result")


@dataclass(frozen=True)
class FieldDifference:
    label: str
    value: str
    language: str


def changed_by_others(form: DemandForm, current: Demand) -> list[FieldDifference]:
    """The stored values that differ from those typed."""
    return [
        FieldDifference(
            label=str(form.fields[name].label),
            value=_shown(current, name) or _("(empty)"),
            language=current.language if name in TEXTS else "",
        )
        for name, typed in form.content.items()
        if typed != getattr(current, name)
    ]


def _shown(demand: Demand, name: str) -> str:
    value = getattr(demand, name)
    if value in (None, "", []):
        return ""
    if name == "transfer_modes":
        return ", ".join(str(TransferMode(mode).label) for mode in value)
    if name == "budget_krw":
        return won(value, reader_language())
    if name == "needed_by":
        return date_format(value)
    display = getattr(demand, f"get_{name}_display", None)
    return str(display()) if display else str(value)
