import pytest
from django.db.models import Count

from accounts.models import OrganisationAlias
from accounts.registered import list_counts
from accounts.registered.list_counts import ListCount, register_count
from tests.factories.organisation import InstituteFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff


def count_of(name, heading=""):
    return ListCount(name=name, heading=heading, order_label=heading, count=Count(name))


def test_count_registered_again_takes_the_place_of_the_former(monkeypatch):
    """An app that is made ready twice would show its column twice."""
    monkeypatch.setattr(list_counts, "_counts", {})
    former, other, later = count_of("memberships", "A"), count_of("aliases"), count_of("memberships", "B")
    for count in (former, other, later):
        register_count(count)
    assert list_counts.list_counts() == [later, other]


@pytest.mark.django_db
def test_organisations_stand_in_the_order_of_a_registered_count(client, monkeypatch):
    monkeypatch.setattr(list_counts, "_counts", {})
    register_count(ListCount("held", "Held", "Most held", Count("technologies", distinct=True)))
    register_count(ListCount("called", "Called", "Most names", Count("aliases", distinct=True)))
    few, none, many = (InstituteFactory() for _ in range(3))
    for holder in (few, many, many):
        TechnologyFactory(holder=holder)
    OrganisationAlias.objects.create(organisation=none, name="Han Gyeol")
    client.force_login(create_staff())
    answer = client.get("/curation/organisations/?sort=held")
    assert [(row, row.counted) for row in answer.context["page"]] == [
        (many, [("Held", 2), ("Called", 0)]),
        (few, [("Held", 1), ("Called", 0)]),
        (none, [("Held", 0), ("Called", 1)]),
    ]
