import pytest
from django.urls import reverse

from projects.models import Programme
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.programme import ProgrammeFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_programme_pages_are_for_the_centre_and_changes_for_managers(client):
    programme = ProgrammeFactory()
    urls = [reverse("programme_list"), reverse("programme_edit", args=[programme.pk])]
    seen = {}
    for user in [create_programme_admin(), create_staff(), create_member(organisation=OrganisationFactory())]:
        client.force_login(user)
        seen[user] = [client.get(url).status_code for url in urls]
    assert list(seen.values()) == [[200, 200], [200, 403], [403, 403]]


def test_programme_edit_reads_korean_units(client):
    programme = ProgrammeFactory()
    client.force_login(create_programme_admin())
    data = {"code": programme.code, "year": "2019", "name_ko": "사업", "budget_krw": "7억 8,000만원"}
    data["expected_revision"] = "1"
    client.post(reverse("programme_edit", args=[programme.pk]), data)
    programme.refresh_from_db()
    assert programme.budget_krw == 780_000_000


def test_programme_edit_on_an_older_revision_keeps_what_was_typed(client):
    programme = ProgrammeFactory(revision=3)
    client.force_login(create_programme_admin())
    url = reverse("programme_edit", args=[programme.pk])
    data = {"code": programme.code, "year": "2019", "name_ko": "내 이름", "budget_krw": "1억", "expected_revision": "2"}
    html = client.post(url, data).content.decode()
    assert 'value="내 이름"' in html
    assert 'name="expected_revision" value="3"' in html
    programme.refresh_from_db()
    assert programme.budget_krw == 780_000_000
    client.post(url, data | {"expected_revision": "3"})
    programme.refresh_from_db()
    assert (programme.budget_krw, programme.revision) == (100_000_000, 4)


def test_programme_create_stores_a_new_year(client):
    client.force_login(create_programme_admin())
    data = {"code": "kr-ru-2027", "year": "2027", "name_ko": "사업", "budget_krw": "5억"}
    client.post(reverse("programme_create"), data)
    assert Programme.objects.get().budget_krw == 500_000_000
