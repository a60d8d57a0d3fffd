import pytest

from accounts.domain.lists import organisations_for_list, people_for_list
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_evaluator, create_staff

pytestmark = pytest.mark.django_db


def names(by, **filters):
    return [row.name for row in organisations_for_list(by=by, filters=filters)]


def test_organisations_for_list_shows_a_member_their_own_only():
    own = OrganisationFactory(name_ko="㈜나")
    OrganisationFactory(name_ko="㈜가")
    assert names(create_member(organisation=own)) == ["㈜나"]
    assert names(create_staff()) == ["㈜가", "㈜나"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["㈜가", "㈜나"]),
        ({"kind": "company"}, ["㈜가"]),
        ({"country": "RU"}, []),
        ({"confirmation": "unconfirmed"}, ["㈜나"]),
        ({"q": "가"}, ["㈜가"]),
        ({"q": "가", "confirmation": "unconfirmed"}, []),
    ],
)
def test_organisations_for_list_holds_those_that_fit_every_filter(filters, found):
    OrganisationFactory(name_ko="㈜가")
    OrganisationFactory(name_ko="㈜나", kind="institute", is_new=True)
    assert names(create_staff(), **filters) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("name", ["㈜가", "㈜나", "㈜다"]),
        ("new", ["㈜가", "㈜다", "㈜나"]),
        ("technologies", ["㈜다", "㈜나", "㈜가"]),
        ("nonsense", ["㈜나", "㈜다", "㈜가"]),
    ],
)
def test_organisations_for_list_stand_in_the_order_that_was_asked_for(sort, found):
    for name, technologies in (("㈜나", 0), ("㈜다", 2), ("㈜가", 0)):
        row = OrganisationFactory(name_ko=name)
        TechnologyFactory.create_batch(technologies, holder=row)
    assert names(create_staff(), sort=sort) == found


def test_organisations_for_list_counts_members_and_technologies_apart():
    row = OrganisationFactory()
    MembershipFactory.create_batch(2, organisation=row)
    TechnologyFactory.create_batch(3, holder=row)
    (listed,) = organisations_for_list(by=create_staff(), filters={})
    assert (listed.member_count, listed.technologies_count) == (2, 3)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["가", "나", "다"]),
        ({"q": "나"}, ["나"]),
        ({"q": "second@"}, ["나"]),
        # Each word somewhere: in the name, the address or a company of the person.
        ({"q": "хангёль 가"}, ["가"]),
        ({"q": "хангёль 다"}, []),
        ({"group": "evaluator"}, ["다"]),
        ({"q": "가", "group": "evaluator"}, []),
    ],
)
def test_people_for_list_finds_by_name_address_company_and_group(filters, found):
    create_evaluator(full_name="다")
    UserFactory(full_name="나", email="second@example.org")
    # In two companies, and in the list once.
    person = UserFactory(full_name="가")
    for _number in range(2):
        MembershipFactory(user=person, organisation=InstituteFactory(name_ru="ООО Хангёль"))
    UserFactory(email="closed-1@closed.invalid", full_name="라", is_closed=True)
    assert [user.full_name for user in people_for_list(filters=filters)] == found
