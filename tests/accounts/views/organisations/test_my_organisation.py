import pytest
from django.urls import reverse

from accounts.models import Membership, Organisation
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db

URL = "/my/organisation/"
FORM = {
    "country": "KR",
    "kind": "company",
    "registration_number": "1248100998",
    "name_ko": "㈜한결",
    "size_class": "small",
    "city": "창원",
}


@pytest.fixture
def newcomer(client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_register_stores_the_number_in_its_form_and_leads_to_work(client, newcomer):
    response = client.post(URL, FORM)
    assert (response.status_code, response.url) == (302, reverse("workspace"))
    organisation = Organisation.objects.get()
    assert (organisation.registration_number, organisation.name_ko) == ("124-81-00998", "㈜한결")
    assert client.get(URL).context["membership"].user == newcomer


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"registration_number": "1248100997"}, "registration_number"),
        ({"registration_number": "12 34"}, "registration_number"),
        ({"registration_number": ""}, "registration_number"),
        ({"name_ko": ""}, "name_ko"),
        ({"country": "RU", "name_ru": "ООО"}, "registration_number"),
        ({"country": "Mars"}, "country"),
        ({"website": "javascript:alert(1)"}, "website"),
    ],
)
def test_register_with_bad_input_names_the_field_and_keeps_what_was_typed(client, newcomer, change, field):
    response = client.post(URL, {**FORM, **change})
    assert list(response.context["form"].errors) == [field]
    assert 'value="창원"' in response.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "typed", ["1248100998", "１２４－８１－００９９８", "124–81–00998", " 124 81 00998 ", "124\u00ad81\u200b00998"]
)
def test_register_a_further_number_of_another_organisation_offers_to_ask(client, newcomer, typed):
    organisation = OrganisationFactory()
    organisation.numbers.create(kind="kr_business", value="1248100998")
    response = client.post(URL, {**FORM, "registration_number": typed})
    assert response.context["form"].taken_number == "124-81-00998"
    client.post("/my/organisation/join/", {"registration_number": typed})
    assert list(Membership.objects.values_list("organisation", "user", "state")) == [
        (organisation.pk, newcomer.pk, "pending")
    ]


def test_register_a_known_number_offers_to_ask(client, newcomer):
    owner = MembershipFactory(organisation__registration_number="124-81-00998")
    response = client.post(URL, FORM)
    page = response.content.decode()
    assert list(response.context["form"].errors) == ["registration_number"]
    assert 'id="number-taken"' in page
    assert owner.organisation.name_ko not in page
    response = client.post("/my/organisation/join/", {"registration_number": "124-81-00998"}, follow=True)
    assert [row.organisation for row in response.context["pending_own"]] == [owner.organisation]
    assert not response.context["can_register"]
    assert client.post(URL, FORM).status_code == 403


def test_join_an_unknown_number_is_not_found(client, newcomer):
    OrganisationFactory(registration_number="")
    assert client.post("/my/organisation/join/", {"registration_number": ""}).status_code == 404
    assert client.post("/my/organisation/join/", {"registration_number": "124-81-00998"}).status_code == 404
    assert not Membership.objects.exists()


def test_staff_are_not_asked_to_register(client):
    client.force_login(create_staff())
    assert not client.get(URL).context["can_register"]
    assert client.post(URL, FORM).status_code == 403


def test_member_who_is_not_owner_sees_but_does_not_edit(client):
    membership = MembershipFactory(role="member")
    client.force_login(membership.user)
    assert client.get(URL).status_code == 200
    assert client.get(reverse("my_organisation_edit", args=[membership.organisation_id])).status_code == 403


def test_my_details_change_language_of_mails(client, newcomer):
    response = client.post("/my/details/", {"full_name": "<b>박</b>", "phone": "", "language": "ru"}, follow=True)
    newcomer.refresh_from_db()
    assert (newcomer.full_name, newcomer.language) == ("<b>박</b>", "ru")
    assert "<b>박</b>" not in response.content.decode()


INSTITUTE = {"country": "RU", "kind": "institute", "name_ru": "НИИ прикладной механики"}


def test_register_a_holder_that_the_centre_has_entered_offers_to_ask(client, newcomer):
    known = OrganisationFactory(name_ko="", name_ru="ФГУП «НИИ прикладной механики»", is_name_masked=False)
    OrganisationFactory(name_ko="", name_ru="НИИ прикладной механики и К")
    response = client.post(URL, INSTITUTE)
    assert response.context["known"] == [known]
    assert Organisation.objects.count() == 2
    client.post("/my/organisation/join/", {"organisation": known.pk})
    assert list(Membership.objects.values_list("user", "organisation", "state")) == [(newcomer.pk, known.pk, "pending")]


def test_register_beside_a_similar_holder_on_request(client, newcomer):
    OrganisationFactory(name_ko="", name_ru="НИИ прикладной механики", is_name_masked=False)
    assert client.post(URL, {**INSTITUTE, "is_new": "1"}).status_code == 302
    assert Membership.objects.get().organisation.name_ru == "НИИ прикладной механики"


@pytest.mark.parametrize("key", ["masked", "", "abc", "9" * 30])
def test_join_by_key_works_for_public_names_only(client, newcomer, key):
    masked = OrganisationFactory(is_name_masked=True)
    key = masked.pk if key == "masked" else key
    assert client.post("/my/organisation/join/", {"organisation": key}).status_code == 404
    assert not Membership.objects.exists()


def test_join_with_nul_in_the_number_finds_nothing(client, newcomer):
    assert client.post("/my/organisation/join/", {"registration_number": "124\x00"}).status_code == 404
