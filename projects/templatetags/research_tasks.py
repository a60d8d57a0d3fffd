"""How states, figures and names of research tasks are shown."""

from typing import Any

from django import template
from django.utils.formats import number_format

from accounts.models import Organisation
from kr_ru_platform.words.amounts import won
from kr_ru_platform.words.languages import reader_language
from projects.enums import Currency, OutcomeStatus, TaskState
from projects.models import Outcome

register = template.Library()
TASK_TONES = {
    TaskState.PLANNED: "outline",
    TaskState.RUNNING: "info",
    TaskState.COMPLETED: "success",
    TaskState.STOPPED: "danger",
}
OUTCOME_TONES = {
    OutcomeStatus.CLAIMED: "warning",
    OutcomeStatus.VERIFIED: "success",
    OutcomeStatus.DISPUTED: "danger",
}


@register.filter
def task_tone(state: str) -> str:
    return TASK_TONES[TaskState(state)]


@register.filter
def outcome_tone(status: str) -> str:
    return OUTCOME_TONES[OutcomeStatus(status)]


@register.filter
def figure(outcome: Outcome) -> str:
    """The value with its unit: 8억원, 660,000 USD, 12."""
    return format_figure(outcome.value, outcome.currency)


def format_figure(value: Any, currency: str) -> str:
    if currency == Currency.KRW:
        return won(value, reader_language())
    decimals = 0 if value == int(value) else 2
    number = number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"{number} {currency}".strip()


@register.filter
def name_for(organisation: Organisation, user: Any) -> str:
    return organisation.name_for(user)
