import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override

from accounts.enums import SizeClass
from accounts.models import Organisation
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory

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


def test_both_versions_are_shown_in_words_and_only_where_they_differ(client):
    organisation = OrganisationFactory(short_name="HG")
    client.force_login(create_member(organisation=organisation))
    Organisation.objects.filter(pk=organisation.pk).update(size_class="medium", city="서울", revision=2)
    typed = {"name_ko": organisation.name_ko, "short_name": "HG", "size_class": "small", "expected_revision": "1"}
    conflict = client.post(reverse("my_organisation_edit", args=[organisation.pk]), typed).context["conflict"]
    with override("ko"):
        assert [(row["theirs"], row["mine"]) for row in conflict] == [
            ("서울", "–"),
            (str(SizeClass.MEDIUM.label), str(SizeClass.SMALL.label)),
        ]


@pytest.mark.parametrize(("change", "told"), [({"city": "부산"}, 1), ({"name_en": "Han Gyeol"}, 2)])
def test_owner_is_told_that_a_new_name_waits_but_not_of_other_changes(client, change, told):
    organisation = OrganisationFactory()
    TechnologyFactory(holder=organisation)
    client.force_login(create_member(organisation=organisation))
    typed = {"name_ko": organisation.name_ko, "size_class": "small", "expected_revision": "1", **change}
    answer = client.post(reverse("my_organisation_edit", args=[organisation.pk]), typed)
    assert len(list(get_messages(answer.wsgi_request))) == told
