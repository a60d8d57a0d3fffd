import pytest

from accounts.models import OrganisationAlias, OrganisationNumber
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import create_staff

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
