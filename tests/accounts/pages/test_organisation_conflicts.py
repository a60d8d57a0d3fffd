import pytest
from django.urls import reverse

from accounts.models import Organisation
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_edit_by_two_owners_shows_both_versions_and_saves_on_the_second_try(client):
    organisation = OrganisationFactory(city="창원")
    client.force_login(create_member(organisation=organisation))
    url = reverse("my_organisation_edit", args=[organisation.pk])
    typed = {"name_ko": organisation.name_ko, "city": "부산", "size_class": "small", "expected_revision": "1"}
    Organisation.objects.filter(pk=organisation.pk).update(city="서울", revision=2)
    response = client.post(url, typed)
    assert [(row["theirs"], row["mine"]) for row in response.context["conflict"]] == [("서울", "부산")]
    assert 'name="expected_revision" value="2"' in response.content.decode()
    assert client.post(url, {**typed, "expected_revision": "2"}).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.city, organisation.revision) == ("부산", 3)
