import pytest

from accounts.domain.organisations.merging import merge_organisations
from accounts.enums import Group
from accounts.models import User
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_evaluator, create_programme_admin, create_staff

pytestmark = pytest.mark.django_db


def test_centre_staff_are_exactly_the_people_who_say_so_by_name():
    staff = create_staff(full_name="나")
    admin = create_programme_admin(full_name="가")
    superuser = UserFactory(full_name="라", is_superuser=True)
    former = create_staff(full_name="다", is_active=False)
    create_evaluator()
    UserFactory(is_staff=True)
    assert list(User.objects.centre_staff()) == [admin, staff, former, superuser]
    assert list(User.objects.centre_staff().active()) == [admin, staff, superuser]
    assert {user for user in User.objects.all() if user.is_centre_staff} == set(User.objects.centre_staff())


def anew(person):
    """As of another log-in."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("before", "after", "has"),
    [
        ("unconfirmed", "confirmed", True),
        ("withdrawn", "confirmed", True),
        ("confirmed", "confirmed", True),
        ("unconfirmed", "withdrawn", True),
        ("confirmed", "withdrawn", False),
        ("confirmed", "unconfirmed", False),
    ],
)
def test_rights_that_grew_are_still_had_and_lost_ones_are_not(before, after, has):
    company = OrganisationFactory(confirmation=before)
    person = create_member(organisation=company)
    marks = person.rights
    type(company).objects.update(confirmation=after)
    assert anew(person).still_has(marks) is has
    person.memberships.update(state="pending")
    assert not anew(person).still_has(marks)


@pytest.mark.parametrize("confirmation", ["confirmed", "unconfirmed"])
def test_rights_for_a_merged_organisation_are_those_for_the_one_that_stays(confirmation):
    goes, between, stays = (OrganisationFactory(confirmation=confirmation) for _number in range(3))
    person, stranger, admin = create_member(organisation=goes), create_member(), create_programme_admin()
    marks = person.rights
    merge_organisations(stays=between, goes=goes, by=admin)
    merge_organisations(stays=stays, goes=between, by=admin)
    person.memberships.update(state="active")
    assert anew(person).still_has(marks) and not anew(stranger).still_has(marks)
    type(stays).objects.filter(pk=stays.pk).update(confirmation="withdrawn")
    assert anew(person).still_has(marks) is (confirmation == "unconfirmed")
    person.memberships.update(state="pending")
    assert not anew(person).still_has(marks)


def test_whoever_works_for_the_centre_now_has_all_that_a_member_had_and_not_the_other_way_round():
    member, evaluator, staff, admin = create_member(), create_evaluator(), create_staff(), create_programme_admin()
    superuser = UserFactory(is_superuser=True)
    both = MembershipFactory(user=create_evaluator()).user
    people = (member, evaluator, both, staff, admin, superuser)
    has = [[one.still_has(other.rights) for other in people] for one in people]
    assert has == [
        [True, False, False, False, False, False],
        [False, True, False, False, False, False],
        [False, True, True, False, False, False],
        [True, True, True, True, False, False],
        [True, True, True, True, True, False],
        [True, True, True, True, True, True],
    ]
    assert not superuser.still_has({"a-group-7"}) and member.still_has(())
    assert staff.still_has({Group.CENTRE_STAFF, "for-7", "confirmed-7"})
