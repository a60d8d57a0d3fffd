import pytest

from accounts.domain.organisations.organisation_history import LIMIT, history_of_organisation
from accounts.domain.organisations.registering import register_organisation, save_organisation
from accounts.domain.people.closing import close_account
from accounts.models import Organisation
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
COMPANY = {"name_ko": "㈜한결", "kind": "company", "country": "KR", "registration_number": "124-81-00998"}


def told(organisation):
    """Each entry as kind, who, and what of the columns."""
    return [
        (entry.kind, entry.by, [(change.before, change.after) for change in entry.changes])
        for entry in history_of_organisation(organisation)
    ]


def test_history_of_an_organisation_says_what_was_changed(client):
    staff = create_staff()
    client.force_login(staff)
    organisation = register_organisation(by=UserFactory(), data=COMPANY)
    page = f"/curation/organisations/{organisation.pk}/"
    client.post(
        f"{page}confirm/", {"expected_revision": organisation.revision, "ground": "document", "note": "등록증 7호"}
    )
    confirmed, created = client.get(page).context["history"]
    assert (confirmed.by, created.kind, created.changes) == (staff.full_name, "created", [])
    told = {(change.before, change.after) for change in confirmed.changes}
    assert told >= {("–", "등록증 7호")}
    assert len(told) == 3, "whether it is confirmed, on what ground, by which document"


def test_history_stands_newest_first_and_leaves_out_saves_that_changed_nothing():
    staff = create_staff(full_name="이서연")
    row = OrganisationFactory(name_ko="㈜가", city="서울")
    save_organisation(by=staff, organisation=row, data={"city": "부산"})
    save_organisation(by=staff, organisation=row, data={"city": "부산"})
    row = save_organisation(by=staff, organisation=row, data={"city": "창원"})
    assert told(row) == [
        ("changed", "이서연", [("부산", "창원")]),
        ("changed", "이서연", [("서울", "부산")]),
        ("created", "", []),
    ]


def test_history_names_whoever_closed_their_account_since():
    staff = create_staff(full_name="이서연")
    row = save_organisation(by=staff, organisation=OrganisationFactory(city="서울"), data={"city": "부산"})
    close_account(user=staff, by=staff)
    assert [by for _kind, by, _changes in told(row)] == ["이서연 (탈퇴한 회원)", ""]


def test_history_ends_after_so_many_entries_with_the_oldest_compared_to_the_one_before():
    row = OrganisationFactory(city="0")
    for number in range(1, LIMIT + 2):
        row.city = str(number)
        row.save()
    entries = told(Organisation.objects.get(pk=row.pk))
    assert (len(entries), entries[0], entries[-1]) == (
        LIMIT,
        ("changed", "", [(str(LIMIT), str(LIMIT + 1))]),
        ("changed", "", [("1", "2")]),
    )


@pytest.mark.parametrize("people", [1, 3])
def test_history_costs_the_same_for_any_number_of_entries(django_assert_num_queries, people):
    row = OrganisationFactory(city="0")
    for number in range(people):
        row = save_organisation(by=create_staff(), organisation=row, data={"city": f"{number + 1}"})
    with django_assert_num_queries(1):
        history_of_organisation(row)
