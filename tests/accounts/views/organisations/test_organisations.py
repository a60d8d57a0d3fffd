import pytest
from django.urls import reverse

from accounts.models import Organisation
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db

FORM = {"name_ko": "㈜한결정밀소재", "kind": "company", "country": "KR", "is_name_masked": "on"}


@pytest.fixture(autouse=True)
def staff(client):
    user = create_staff()
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["㈜가", "Институт волокна"]),
        ("q=волокна", ["Институт волокна"]),
        ("q=институт+волокна", ["Институт волокна"]),
        ("q=волокна+가", []),
        ("kind=company", ["㈜가"]),
        ("country=RU", ["Институт волокна"]),
        ("kind=nonsense&country=RU&page=99", ["Институт волокна"]),
        ("q=124-81", ["㈜가"]),
    ],
)
def test_organisation_list_finds_names_in_every_script(client, query, found):
    OrganisationFactory(name_ko="㈜가", registration_number="124-81-00998")
    InstituteFactory(name_ru="Институт волокна")
    response = client.get(f"/curation/organisations/?{query}&sort=new")
    assert sorted(row.name for row in response.context["page"]) == sorted(found)


@pytest.mark.parametrize("rows", [1, 3])
def test_organisation_list_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries, rows):
    for _n in range(rows):
        MembershipFactory()
    client.get("/curation/organisations/")
    with django_assert_num_queries(5):
        client.get("/curation/organisations/")


def test_create_warns_of_a_near_duplicate_and_saves_on_request(client):
    known = OrganisationFactory(name_ko="(주)한결정밀소재")
    url = reverse("organisation_create")
    assert [row.pk for row in client.get(url, {"name_ko": "한결정밀소재"}).context["similar"]] == [known.pk]
    response = client.post(url, FORM)
    assert response.context["must_confirm"]
    assert Organisation.objects.count() == 1
    client.post(url, {**FORM, "is_new": "1"})
    assert Organisation.objects.count() == 2


def test_create_with_nothing_typed_says_what_is_needed(client):
    response = client.post(reverse("organisation_create"), {"name_ko": " "})
    assert {"kind", "country", "__all__"} == set(response.context["form"].errors)


def test_edit_of_what_somebody_else_changed_shows_both(client):
    organisation = OrganisationFactory(name_ko="㈜한결정밀소재")
    url = reverse("organisation_edit", args=[organisation.pk])
    Organisation.objects.filter(pk=organisation.pk).update(kind="agency", revision=2)
    response = client.post(url, {**FORM, "expected_revision": "1"})
    assert len(response.context["conflict"]) == 2  # kind and size
    assert client.post(url, {**FORM, "expected_revision": "2"}).status_code == 302


def test_detail_shows_members_who_wait(client):
    pending = MembershipFactory(state="pending")
    page = client.get(reverse("organisation_detail", args=[pending.organisation_id])).content.decode()
    assert reverse("membership_confirm", args=[pending.pk]) in page


def test_organisation_create_with_nul_keeps_the_name_without_it(client):
    assert client.get("/curation/organisations/new/", {"name_ko": "가\x00나"}).status_code == 200
    client.post("/curation/organisations/new/", {**FORM, "name_ko": "가\x00나"})
    assert [row.name_ko for row in Organisation.objects.all()] == ["가나"]
