"""The statistics as tables: one source for the page's data tables and for the exports."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.enums import Country
from matching.enums import DeclineReason, Field
from projects.domain.overview.statistics import CountOfKind, Statistics
from projects.domain.tasks.task_lists import companies_of
from projects.enums import Currency, TaskState, TaskType
from projects.models import ResearchTask

Value = str | int | Decimal


@dataclass(frozen=True)
class Column:
    label: str
    kind: str = "text"  # text, number or won
    is_short: bool = False  # stays on one line
    is_stored: bool = False  # stored text, in the language of its row


@dataclass(frozen=True)
class Cell:
    value: Value
    kind: str
    label: str
    language: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class Table:
    code: str
    title: str
    columns: list[Column]
    rows: list[list[Value]]
    # The language of the stored text in each row.
    languages: list[str] | None = None

    @property
    def cells(self) -> list[list[Cell]]:
        languages = self.languages or [""] * len(self.rows)
        return [
            [
                Cell(value, column.kind, column.label, language if column.is_stored else "", column.is_short)
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row, language in zip(self.rows, languages, strict=True)
        ]


def statistics_tables(statistics: Statistics) -> list[Table]:
    return [
        shares_table("type", _("Research tasks by type"), _("Type"), statistics.by_type),
        shares_table("field", _("Research tasks by field"), _("Field"), statistics.by_field),
        shares_table("state", _("Research tasks by state"), _("State"), statistics.by_state),
        budget_table(statistics),
        verified_table(statistics),
        uncounted_table(statistics),
        shares_table("funnel", _("From technology to outcome, all years"), _("Step"), statistics.funnel),
        shares_table("losses", _("Why some went no further"), _("Reason"), statistics.losses),
        tasks_table(statistics),
    ]


def labels_of(code: str) -> dict[str, str]:
    """The words for the codes that one table counts."""
    choices = {"type": TaskType, "field": Field, "state": TaskState, "losses": DeclineReason}
    known = {value: str(label) for value, label in choices[code].choices} if code in choices else {}
    if code == "losses":
        known |= {
            "withdrawn": _("Request withdrawn by the company"),
            "stopped": _("Research task stopped"),
        }
    return known or {
        "technology": _("Published technologies"),
        "demand": _("Demands"),
        "match": _("Match results"),
        "match_request": _("Match requests"),
        "introduction": _("Introductions"),
        "research_task": _("Research tasks"),
        "outcome": _("Verified outcomes"),
    }


def shares_table(code: str, title: str, label: str, shares: list[CountOfKind]) -> Table:
    columns = [Column(label), Column(pgettext("how many", "Number"), "number")]
    labels = labels_of(code)
    return Table(code, title, columns, [[labels[share.code], share.count] for share in shares])


def budget_table(statistics: Statistics) -> Table:
    columns = [
        Column(_("Year"), is_short=True),
        Column(_("Research tasks"), "number"),
        Column(_("Granted"), "won"),
        Column(_("Government"), "won"),
        Column(_("Company, cash"), "won"),
        Column(_("Company, in kind"), "won"),
        Column(_("Planned, total"), "won"),
        Column(_("Spent"), "won"),
    ]
    rows: list[list[Value]] = [
        [
            str(figures.year),
            figures.tasks,
            figures.granted_krw,
            figures.planned.government_krw,
            figures.planned.company_cash_krw,
            figures.planned.company_in_kind_krw,
            figures.planned.total_krw,
            figures.planned.spent_krw,
        ]
        for figures in statistics.by_year
    ]
    return Table("budget", _("Budget by year, in won"), columns, rows)


def verified_table(statistics: Statistics) -> Table:
    columns = [
        Column(_("Outcome")),
        Column(_("Country")),
        Column(_("Sum"), "number"),
        Column(_("Currency")),
        Column(_("Reports"), "number"),
    ]
    rows: list[list[Value]] = [
        [
            str(total.kind.label),
            country_label(total.country),
            plain(total.total),
            currency_label(total.currency),
            total.count,
        ]
        for total in statistics.verified
    ]
    return Table("verified", _("Verified outcomes"), columns, rows)


def uncounted_table(statistics: Statistics) -> Table:
    columns = [
        Column(pgettext("of a research task", "Number"), is_short=True),
        Column(_("Outcome")),
        Column(_("Value"), "number"),
        Column(_("Currency")),
        Column(_("Status"), is_short=True),
    ]
    rows: list[list[Value]] = [
        [
            outcome.research_task.number,
            str(outcome.get_kind_display()),
            plain(outcome.value),
            currency_label(outcome.currency),
            str(outcome.get_status_display()),
        ]
        for outcome in statistics.uncounted
    ]
    return Table("uncounted", _("Reported, but not counted"), columns, rows)


def plain(value: Decimal) -> Value:
    return int(value) if value == int(value) else value


def country_label(code: str) -> str:
    return str(Country(code).label) if code else ""


def currency_label(code: str) -> str:
    return str(Currency(code).label) if code else ""


def tasks_table(statistics: Statistics) -> Table:
    columns = [
        Column(pgettext("of a research task", "Number"), is_short=True),
        Column(_("Title"), is_stored=True),
        Column(_("Company"), is_short=True),
        Column(_("Type")),
        Column(_("Field")),
        Column(_("Direction")),
        Column(_("State"), is_short=True),
        *([Column(_("Planned (won)"), "won")] if statistics.tells_amounts else []),
        Column(_("Remark")),
    ]
    rows = [task_row(task, statistics.tells_amounts) for task in statistics.tasks]
    languages = [task.title_language for task in statistics.tasks]
    return Table("tasks", _("Research tasks"), columns, rows, languages)


def task_row(task: Any, tells_amounts: bool) -> list[Value]:
    """Company names as the public sees them, whoever asks: the page is made to be passed on."""
    return [
        task.number,
        task.title,
        ", ".join(company.public_name for company in companies_of(task)),
        str(task.get_task_type_display()),
        str(task.get_field_display()),
        str(task.get_direction_display()),
        str(task.get_state_display()),
        *([task.planned_krw] if tells_amounts else []),
        remark(task),
    ]


def remark(task: ResearchTask) -> str:
    return _("illustrative") if task.has_illustrative_amounts else ""
