import pytest
from django.urls import reverse

from tests.factories.membership import MembershipFactory
from tests.factories.user import UserFactory, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_groups_are_assigned_after_a_question(client):
    client.force_login(create_programme_admin())
    person = UserFactory()
    url = reverse("person_detail", args=[person.pk])
    question = client.post(url, {"groups": ["evaluator"]})
    assert (len(question.context["given"]), question.context["taken"]) == (1, [])
    assert not person.groups.exists()
    client.post(url, {"groups": ["evaluator"], "is_confirmed": "1"})
    assert [group.name for group in person.groups.all()] == ["evaluator"]


def test_unknown_group_is_refused(client):
    client.force_login(create_programme_admin())
    person = UserFactory()
    response = client.post(reverse("person_detail", args=[person.pk]), {"groups": ["superuser"], "is_confirmed": "1"})
    assert response.context["form"].errors
    assert not person.groups.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_people_list_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries, rows):
    client.force_login(create_programme_admin())
    for _n in range(rows):
        MembershipFactory(user=create_staff())
    client.get("/curation/people/")
    with django_assert_num_queries(8):
        client.get("/curation/people/")


def test_people_list_finds_by_organisation_and_group(client):
    client.force_login(create_programme_admin())
    member = MembershipFactory(organisation__name_ko="㈜한결")
    staff = create_staff()
    assert list(client.get("/curation/people/?q=한결").context["page"]) == [member.user]
    assert list(client.get("/curation/people/?group=centre_staff").context["page"]) == [staff]
