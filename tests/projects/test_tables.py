"""The statistics as tables: what the page shows and the exports hold."""

from decimal import Decimal

import pytest
from django.utils import translation

from accounts.enums import Country
from projects.domain.overview.statistics import CountOfKind, collect_statistics
from projects.enums import OutcomeKind
from projects.tables import Cell, Column, Table, currency_label, labels_of, plain, shares_table, statistics_tables
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_cells_know_their_column_and_stored_text_its_language():
    table = Table(
        "x", "X", [Column("Title", is_stored=True), Column("Number", "number", is_short=True)], [["가", 5]], ["ko"]
    )
    assert table.cells == [[Cell("가", "text", "Title", "ko"), Cell(5, "number", "Number", "", True)]]
    assert Table("x", "X", [Column("Title", is_stored=True)], [["a"]]).cells == [[Cell("a", "text", "Title")]]


def test_row_that_does_not_fit_its_columns_is_a_mistake():
    with pytest.raises(ValueError):
        _ = Table("x", "X", [Column("Title")], [["a", "b"]]).cells


@pytest.mark.parametrize(("value", "shown"), [(Decimal("5.00"), 5), (Decimal("5.50"), Decimal("5.5")), (Decimal(0), 0)])
def test_whole_numbers_have_no_decimals(value, shown):
    assert (plain(value), type(plain(value))) == (shown, type(shown))


def test_shares_are_told_in_words():
    table = shares_table("state", "Tasks by state", "State", [CountOfKind("running", 3), CountOfKind("stopped", 0)])
    assert [column.label for column in table.columns] == ["State", "Number"]
    assert table.rows == [[labels_of("state")["running"], 3], [labels_of("state")["stopped"], 0]]
    assert {"withdrawn", "stopped"} < set(labels_of("losses"))
    assert set(labels_of("funnel")) == {
        "technology",
        "demand",
        "match",
        "match_request",
        "introduction",
        "research_task",
        "outcome",
    }


def test_no_currency_has_no_word():
    assert (currency_label(""), currency_label("USD") != "") == ("", True)


def rows_of(code, *, is_insider=True):
    tables = {table.code: table for table in statistics_tables(collect_statistics(is_insider=is_insider))}
    return tables[code].rows


@pytest.mark.django_db
def test_amounts_stand_by_year_and_outcomes_by_kind():
    task = BudgetLineFactory(research_task__programme__year=2027).research_task
    OutcomeFactory(research_task=task, verified=True, value=Decimal("1.50"), country="RU")
    OutcomeFactory(research_task=task, value=7)
    assert rows_of("budget") == [["2027", 1, 780_000_000, 50_000_000, 10_000_000, 10_000_000, 70_000_000, 30_000_000]]
    kind = str(OutcomeKind.EXPORTS.label)
    assert rows_of("verified") == [[kind, str(Country.RUSSIA.label), Decimal("1.5"), currency_label("USD"), 1]]
    assert [row[:4] for row in rows_of("uncounted")] == [[task.number, kind, 7, currency_label("USD")]]
    assert rows_of("uncounted", is_insider=False) == []


@pytest.mark.django_db
def test_tasks_name_companies_as_the_public_sees_them_and_amounts_to_insiders():
    company = OrganisationFactory(name_ko="가나기술", is_name_masked=True)
    task = ResearchTaskFactory(title_en="Muffler", has_illustrative_amounts=True)
    TaskPartnerFactory(research_task=task, organisation=company)
    BudgetLineFactory(research_task=task)
    words = [
        str(task.get_task_type_display()),
        str(task.get_field_display()),
        str(task.get_direction_display()),
        str(task.get_state_display()),
    ]
    whole = [task.number, "Muffler", company.public_name, *words, 70_000_000, "illustrative"]
    assert rows_of("tasks") == [whole]
    assert rows_of("tasks", is_insider=False) == [[*whole[:7], whole[8]]]
    assert company.public_name != company.name
