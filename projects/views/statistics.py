"""The public page of figures, and everything on it as a file."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from kr_ru_platform.words.amounts import won
from kr_ru_platform.words.languages import reader_language
from projects.charts import Chart, bar_chart
from projects.domain.overview.statistics import CountOfKind, Statistics, collect_statistics
from projects.enums import OutcomeStatus
from projects.exports import to_csv, to_xlsx
from projects.filters import chosen_year, year_choices
from projects.rules import sees_every_task
from projects.tables import labels_of, statistics_tables
from projects.templatetags.research_tasks import format_figure

FORMATS = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def statistics(request: HttpRequest) -> HttpResponse:
    year = chosen_year(request.GET)
    collected = collect_statistics(year=year, is_insider=sees_every_task(request.user))
    context = {
        "statistics": collected,
        "years": year_choices(),
        "tables": {table.code: table for table in statistics_tables(collected)},
        "charts": charts(collected),
        "verified": headline(collected),
        "claimed": [outcome for outcome in collected.uncounted if outcome.status == OutcomeStatus.CLAIMED],
        "disputed": [outcome for outcome in collected.uncounted if outcome.status == OutcomeStatus.DISPUTED],
    }
    return render(request, "projects/overview/statistics/statistics.html", context)


def statistics_export(request: HttpRequest, fmt: str) -> HttpResponse:
    if fmt not in FORMATS:
        raise Http404
    write, content_type = FORMATS[fmt]
    year = chosen_year(request.GET)
    content = write(statistics_tables(collect_statistics(year=year, is_insider=sees_every_task(request.user))))
    response = HttpResponse(content, content_type=content_type)
    name = f"statistics-{year or 'all'}.{fmt}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def headline(collected: Statistics) -> list[tuple[str, str]]:
    """Verified figures by kind and currency, all countries together."""
    sums: dict[tuple[str, str], Decimal] = {}
    for total in collected.verified:
        key = (str(total.kind.label), total.currency)
        sums[key] = sums.get(key, Decimal(0)) + total.total
    return [(label, format_figure(value, currency)) for (label, currency), value in sums.items()]


def charts(collected: Statistics) -> dict[str, Chart]:
    drawn = [
        share_chart("type", _("Research tasks by type"), collected.by_type),
        share_chart("field", _("Research tasks by field"), collected.by_field),
        budget_chart(collected),
        share_chart("funnel", _("From technology to outcome, all years"), collected.funnel),
    ]
    return {chart.code: chart for chart in drawn}


def share_chart(code: str, title: str, shares: list[CountOfKind]) -> Chart:
    labels = labels_of(code)
    rows = [
        (labels[s.code], s.count, number_format(s.count, use_l10n=True, force_grouping=True), "main") for s in shares
    ]
    return bar_chart(code, title, rows)


def budget_chart(collected: Statistics) -> Chart:
    language = reader_language()
    planned = collected.planned
    amounts: list[tuple[str, Decimal, str]] = [
        (_("Granted to the programme"), collected.granted_krw, "second"),
        (_("Planned: government"), planned.government_krw, "main"),
        (_("Planned: company, cash"), planned.company_cash_krw, "main"),
        (_("Planned: company, in kind"), planned.company_in_kind_krw, "main"),
        (_("Spent, all sources"), planned.spent_krw, "third"),
    ]
    rows = [(label, amount, won(amount, language), tone) for label, amount, tone in amounts]
    return bar_chart("budget", _("Budget"), rows)
