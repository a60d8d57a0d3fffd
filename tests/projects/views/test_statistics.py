import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.budget_line import BudgetLineFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.outcome import OutcomeFactory
from tests.factories.research_task import ResearchTaskFactory, TaskPartnerFactory
from tests.factories.user import create_programme_admin

pytestmark = pytest.mark.django_db
SECRET = "㈜비밀상사"


def masked_task(**fields):
    task = TaskPartnerFactory(organisation__name_ko=SECRET, research_task__number="2019-01").research_task
    BudgetLineFactory(research_task=task)
    OutcomeFactory(research_task=task)
    return task


def test_statistics_masks_company_names_for_everybody(client):
    masked_task()
    for login in (False, True):
        if login:
            client.force_login(create_programme_admin())
        html = client.get(reverse("statistics")).content.decode()
        assert SECRET not in html
        assert "비밀상사" not in html
        assert "㈜비***사" in html


@pytest.mark.parametrize("fmt", ["", "csv", "xlsx"])
def test_statistics_tell_what_one_task_costs_only_to_who_reads_every_task(client, fmt):
    """Sums are for everybody; two tasks, so that no sum is one company's amount."""
    programme = ResearchTaskFactory(number="2019-09").programme
    for number, government in [("2019-01", 111_222_333), ("2019-02", 222_333_444)]:
        task = ResearchTaskFactory(number=number, programme=programme)
        BudgetLineFactory(research_task=task, government_krw=government, company_cash_krw=0, company_in_kind_krw=0)

    def told():
        if not fmt:
            content = client.get(reverse("statistics")).context["tables"]["tasks"]
            return [row.value for row in content.cells[0]]
        content = client.get(reverse("statistics_export", args=[fmt])).content
        if fmt == "csv":
            return next(row for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if row[:1] == ["2019-01"])
        sheet = load_workbook(io.BytesIO(content)).worksheets[-1]
        return [cell.value for cell in sheet[2]]

    def is_told():
        return "111222333" in [str(value) for value in told()]

    assert not is_told()
    client.force_login(create_member())
    assert not is_told()
    client.force_login(create_programme_admin())
    assert is_told()


def test_statistics_export_csv_masks_and_holds_every_table(client):
    masked_task()
    response = client.get(reverse("statistics_export", args=["csv"]))
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert "비밀상사" not in text
    page = client.get(reverse("statistics"))
    titles = {table.title for table in page.context["tables"].values()}
    assert titles <= {row[0] for row in rows if len(row) == 1}
    assert ["2019-01", "㈜비***사"] in [[row[0], row[2]] for row in rows if len(row) == 8]


def test_statistics_export_xlsx_masks_and_has_one_sheet_per_table(client):
    masked_task()
    response = client.get(f"{reverse('statistics_export', args=['xlsx'])}?year=2019")
    assert 'filename="statistics-2019.xlsx"' in response["Content-Disposition"]
    book = load_workbook(io.BytesIO(response.content))
    assert len(book.worksheets) == 9
    values = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not [value for value in values if "비밀상사" in value]
    assert "㈜비***사" in values


def test_statistics_export_in_an_unknown_format_is_not_found(client):
    assert client.get(reverse("statistics_export", args=["exe"])).status_code == 404


@pytest.mark.parametrize(("query", "count"), [("", 2), ("?year=2020", 1), ("?year=<script>", 2)])
def test_statistics_year_comes_from_the_address(client, query, count):
    ResearchTaskFactory()
    ResearchTaskFactory(programme__year=2020)
    assert client.get(reverse("statistics") + query).context["statistics"].task_count == count


def test_statistics_headline_adds_countries_but_not_currencies(client):
    for value, country, currency in [(100, "RU", "USD"), (50, "JP", "USD"), (7, "RU", "EUR")]:
        OutcomeFactory(verified=True, value=value, country=country, currency=currency)
    figures = [figure for _label, figure in client.get(reverse("statistics")).context["verified"]]
    assert sorted(figures) == ["150 USD", "7 EUR"]


def test_statistics_marks_titles_with_their_own_language(client):
    ResearchTaskFactory(title_ko="국문 제목", title_ru="", number="N-1")
    html = client.get(reverse("statistics"), headers={"accept-language": "ru"}).content.decode()
    assert 'lang="ko">국문 제목</td>' in html


def test_statistics_says_where_amounts_are_illustrative(client):
    ResearchTaskFactory()
    url = reverse("statistics")
    assert "projects/overview/statistics/_illustrative.html" not in [t.name for t in client.get(url).templates]
    ResearchTaskFactory(has_illustrative_amounts=True)
    assert "projects/overview/statistics/_illustrative.html" in [t.name for t in client.get(url).templates]


def test_statistics_names_the_reasons_of_declined_requests(client):
    MatchRequestFactory(state="declined", decline_reason="other")
    rows = client.get(reverse("statistics")).context["tables"]["losses"].rows
    assert [count for _label, count in rows] == [1]
    assert "Other field" not in [label for label, _count in rows]


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_statistics_draws_its_charts_without_inline_styles(client, language):
    masked_task()
    response = client.get(reverse("statistics"), headers={"accept-language": language})
    html = response.content.decode()
    assert html.count("<svg role=") == 4
    assert "style=" not in html
    assert "<style" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_statistics_needs_a_fixed_number_of_queries(client, django_assert_num_queries, count):
    for number in range(count):
        task = TaskPartnerFactory(research_task__number=f"2019-{number}").research_task
        BudgetLineFactory(research_task=task)
        OutcomeFactory(research_task=task)
    with django_assert_num_queries(19):
        client.get(reverse("statistics"))
