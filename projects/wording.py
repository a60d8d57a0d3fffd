"""Codes → sentences in the reader's language."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kr_ru_platform.words.amounts import won
from kr_ru_platform.words.languages import reader_language
from projects.domain.tasks.unusual_values import UnusualValue
from projects.enums import CostItem


def explain(question: UnusualValue) -> str:
    """What looks unusual, with the numbers that make it so."""
    language = reader_language()
    values = dict(question.values)
    if "cost_item" in values:
        values["cost_item"] = CostItem(values["cost_item"]).label
    for name in ("spent", "total", "amount", "government", "granted", "in_won", "budget"):
        if name in values:
            values[name] = won(values[name], language)
    for name in ("times", "value"):
        if name in values:
            values[name] = number_format(values[name], use_l10n=True, force_grouping=True, decimal_pos=0)
    return sentences()[question.code] % values


def sentences() -> dict[str, str]:
    return {
        "spent_over_total": _("%(cost_item)s: %(spent)s spent, but only %(total)s planned."),
        "very_small": _("%(cost_item)s: %(amount)s is very little. Was the amount meant in thousands?"),
        "over_programme": _(
            "The government grant of %(government)s is more than the whole programme has (%(granted)s)."
        ),
        "far_over_budget": _(
            "This is about %(in_won)s, some %(times)s times the budget of %(budget)s. "
            "Are the unit and the currency right?"
        ),
        "already_reported": _("The same figure for the same period has been reported before."),
        "very_many": _("%(value)s is unusually many for one research task."),
    }
