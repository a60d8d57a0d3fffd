import pytest
from django.db import IntegrityError, transaction

from accounts.domain.organisations.registering import register_organisation, save_organisation, similar_organisations
from accounts.models import Organisation
from kr_ru_platform.saving.errors import StaleRevisionError
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


def test_register_organisation_makes_its_person_the_owner():
    user = UserFactory()
    organisation = register_organisation(
        by=user, data={"name_ko": "㈜가나", "kind": "company", "country": "KR", "registration_number": "124-81-00998"}
    )
    membership = organisation.memberships.get()
    assert (membership.user, membership.role, membership.state) == (user, "owner", "active")
    assert organisation.history.get().history_user == user


def test_save_organisation_refuses_an_old_form_and_counts_revisions():
    staff, organisation = create_staff(), OrganisationFactory(city="창원시")
    save_organisation(by=staff, organisation=organisation, data={"city": "부산"}, expected_revision=1)
    with pytest.raises(StaleRevisionError):
        save_organisation(by=staff, organisation=organisation, data={"city": "서울"}, expected_revision=1)
    organisation.refresh_from_db()
    assert (organisation.city, organisation.revision, organisation.history.count()) == ("부산", 2, 2)


@pytest.mark.parametrize(
    "fields",
    [
        {"name_ko": ""},
        {"registration_number": "124-81-00998"},
        {"external_id": "known"},
    ],
)
def test_organisation_constraints_reject(fields):
    OrganisationFactory(registration_number="124-81-00998", external_id="known")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(**fields)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("(주)한결정밀소재", "㈜한결정밀소재"),
        ("한결정밀 소재", "㈜한결정밀소재"),
        ("НИИ прикладной механики", "ФГУП «НИИ прикладной механики»"),
        ("㈜", None),
        ("동양기지", None),
        ("", None),
    ],
)
def test_similar_organisations_ignore_legal_forms(typed, found):
    OrganisationFactory(name_ko="㈜한결정밀소재")
    OrganisationFactory(name_ko="", name_ru="ФГУП «НИИ прикладной механики»")
    assert [row.name for row in similar_organisations(names=[typed])] == ([found] if found else [])


def test_similar_organisations_leave_out_the_one_being_edited():
    row = OrganisationFactory(name_ko="㈜한결정밀소재")
    assert similar_organisations(names=["㈜한결정밀소재"], except_for=row) == []


def test_register_organisation_sent_twice_registers_once():
    person, data = UserFactory(), {"name_ru": "Институт", "kind": "institute", "country": "RU"}
    first, again = (register_organisation(by=person, data=data) for _time in range(2))
    assert (again, Organisation.objects.count()) == (first, 1)
