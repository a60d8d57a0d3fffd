import pytest

from accounts.models import OrganisationAlias, OrganisationNumber
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = create_staff()
    client.force_login(user)
    return user


def test_a_number_and_a_name_are_noted_once_and_checked(client, staff):
    organisation, other = OrganisationFactory(registration_number="124-81-00998"), OrganisationFactory()
    page = f"/curation/organisations/{other.pk}/identity/"

    def errors(**data):
        response = client.post(page, data)
        return set() if response.status_code == 302 else set(response.context[f"{data_form(data)}_form"].errors)

    def data_form(data):
        return "number" if data["mark"] == "number" else "alias"

    assert errors(mark="number", kind="ru_inn", value="77 07 08 38 94") == {"value"}
    assert errors(mark="number", kind="kr_business", value="1248100998") == {"value"}
    assert errors(mark="number", kind="ru_inn", value="７７０７０８３８９３") == set()
    assert errors(mark="name", name="Han Gyeol", language="en", kind="alias") == set()
    assert errors(mark="name", name="Han Gyeol", language="en", kind="alias") != set()
    assert list(OrganisationNumber.objects.values_list("organisation", "value")) == [(other.pk, "7707083893")]
    alias = OrganisationAlias.objects.get()
    assert client.post(f"/curation/identity/name/{alias.pk}/remove/").status_code == 302
    assert not OrganisationAlias.objects.exists() and organisation.pk


@pytest.mark.parametrize("make", [UserFactory, create_member])
def test_only_the_centre_notes_and_removes_by_what_an_organisation_is_found(client, make):
    number = OrganisationNumber.objects.create(organisation=OrganisationFactory(), kind="other", value="HRB1")
    person = make()
    client.force_login(person)
    assert client.get(f"/curation/organisations/{number.organisation_id}/identity/").status_code == 403
    assert client.post(f"/curation/identity/number/{number.pk}/remove/").status_code == 403
    assert OrganisationNumber.objects.get() == number


def test_mark_is_removed_of_the_kind_that_was_named(client, staff):
    organisation = OrganisationFactory()
    number = OrganisationNumber.objects.create(organisation=organisation, kind="other", value="HRB1")
    alias = OrganisationAlias.objects.create(pk=number.pk, organisation=organisation, name="Han Gyeol")
    assert client.post(f"/curation/identity/merge/{number.pk}/remove/").status_code == 404
    answer = client.post(f"/curation/identity/number/{number.pk}/remove/")
    assert answer.url == f"/curation/organisations/{organisation.pk}/identity/"
    assert (list(OrganisationNumber.objects.all()), list(OrganisationAlias.objects.all())) == ([], [alias])
