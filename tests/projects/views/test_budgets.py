import pytest
from django.urls import reverse

from projects.models import BudgetLine
from tests.factories.budget_line import BudgetLineFactory
from tests.factories.research_task import ResearchTaskFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client):
    client.force_login(create_programme_admin())
    return client


def url_of(task):
    return reverse("budget_edit", args=[task.pk])


def test_budget_edit_reads_eok_and_man_and_stores_the_total(admin_client):
    task = ResearchTaskFactory()
    data = {
        "expected_revision": "1",
        "personnel-government_krw": "1억 2,000만원",
        "personnel-company_cash_krw": "30,000,000",
        "personnel-company_in_kind_krw": "1천만",
        "personnel-spent_krw": "0",
    }
    response = admin_client.post(url_of(task), data)
    assert response.url == reverse("research_task_detail", args=[task.pk])
    line = BudgetLine.objects.get()
    assert (line.government_krw, line.total_krw, line.spent_krw) == (120_000_000, 160_000_000, 0)


@pytest.mark.parametrize("typed", ["십억", "-5", "1.5", "5만 2억", "99999999조", "<b>1</b>"])
def test_budget_edit_with_a_bad_amount_keeps_what_was_typed(admin_client, typed):
    task = ResearchTaskFactory()
    response = admin_client.post(
        url_of(task), {"expected_revision": "1", "materials-spent_krw": typed, "personnel-spent_krw": "7만"}
    )
    form = response.context["form"]
    assert [line.errors.keys() for line in form.lines if line.errors] == [{"spent_krw"}]
    assert 'value="7만"' in response.content.decode()
    assert BudgetLine.objects.count() == 0


def test_budget_edit_asks_about_unusual_amounts_until_confirmed(admin_client):
    task = ResearchTaskFactory()
    data = {"expected_revision": "1", "personnel-government_krw": "5000", "personnel-spent_krw": "6000"}
    response = admin_client.post(url_of(task), data)
    assert len(response.context["questions"]) == 2
    assert BudgetLine.objects.count() == 0
    admin_client.post(url_of(task), data | {"is_confirmed": "on"})
    assert BudgetLine.objects.get().spent_krw == 6000


def test_budget_edit_adds_up_without_saving(admin_client):
    task = ResearchTaskFactory()
    data = {
        "expected_revision": "1",
        "personnel-government_krw": "3000만",
        "indirect-company_cash_krw": "500만",
        "check_total": "1",
    }
    response = admin_client.post(url_of(task), data)
    assert response.context["total"].total_krw == 35_000_000
    assert BudgetLine.objects.count() == 0


def test_budget_edit_on_an_older_revision_keeps_what_was_typed(admin_client):
    line = BudgetLineFactory(research_task__revision=2)
    data = {"expected_revision": "1", "personnel-government_krw": "1억"}
    response = admin_client.post(url_of(line.research_task), data)
    html = response.content.decode()
    assert 'value="1억"' in html
    assert 'name="expected_revision" value="2"' in html
    line.refresh_from_db()
    assert line.government_krw == 50_000_000


def test_budget_edit_is_refused_to_staff(client):
    client.force_login(create_staff())
    assert client.get(url_of(ResearchTaskFactory())).status_code == 403


def test_budget_edit_whose_sum_is_too_large_says_so(admin_client):
    task, largest = ResearchTaskFactory(), "999,999,999,999,999"
    data = {"expected_revision": "1", "personnel-government_krw": largest, "personnel-company_cash_krw": largest}
    response = admin_client.post(url_of(task), data | {"is_confirmed": "on"})
    assert [line.errors.keys() for line in response.context["form"].lines if line.errors] == [{"government_krw"}]
    assert BudgetLine.objects.count() == 0
