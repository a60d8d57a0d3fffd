"""Numbers and names by which the centre lets an organisation be found."""

import pytest
from django.core.exceptions import ValidationError

from accounts.domain.organisations.identity_marks import add_alias, add_number, remove_mark
from accounts.domain.organisations.registering import register_organisation
from accounts.enums import NumberKind
from accounts.errors import NumberTakenError
from accounts.models import Organisation, OrganisationAlias, OrganisationNumber
from tests.factories.organisation import InstituteFactory, OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
NUMBER = "1248100998"


def test_add_number_stores_it_compact_with_who_entered_it() -> None:
    organisation, staff = OrganisationFactory(), create_staff()
    row = add_number(organisation=organisation, by=staff, kind=NumberKind.KR_BUSINESS, value=NUMBER)
    assert (row.written, row.entered_by, list(organisation.numbers.all())) == ("124-81-00998", staff, [row])


def test_add_number_refuses_one_that_a_company_registered_with() -> None:
    OrganisationFactory(registration_number="124-81-00998")
    with pytest.raises(NumberTakenError):
        add_number(organisation=OrganisationFactory(), by=create_staff(), kind=NumberKind.KR_BUSINESS, value=NUMBER)
    assert not OrganisationNumber.objects.exists()


def test_nobody_registers_with_a_number_that_the_centre_has_noted_of_another_organisation() -> None:
    """Also where the form has looked a moment too early."""
    known = OrganisationFactory()
    add_number(organisation=known, by=create_staff(), kind=NumberKind.KR_BUSINESS, value=NUMBER)
    data = {"country": "KR", "kind": "company", "name_ko": "㈜한결", "registration_number": "124-81-00998"}
    with pytest.raises(NumberTakenError):
        register_organisation(by=UserFactory(), data=data)
    assert list(Organisation.objects.all()) == [known]


def test_add_number_refuses_one_that_another_organisation_has() -> None:
    staff = create_staff()
    row = add_number(organisation=InstituteFactory(), by=staff, kind=NumberKind.EXTERNAL, value="RU-17")
    with pytest.raises(ValidationError) as refused:
        add_number(organisation=InstituteFactory(), by=staff, kind=NumberKind.EXTERNAL, value="RU-17")
    assert list(refused.value.error_dict) == ["__all__"]
    assert list(OrganisationNumber.objects.all()) == [row]


def test_alias_is_noted_once_and_can_be_removed() -> None:
    institute, staff = InstituteFactory(), create_staff()
    alias = add_alias(organisation=institute, by=staff, data={"name": "Institute of Alloys"})
    with pytest.raises(ValidationError):
        add_alias(organisation=institute, by=staff, data={"name": "Institute of Alloys"})
    assert list(OrganisationAlias.objects.values_list("name", "confirmed_by")) == [("Institute of Alloys", staff.pk)]
    remove_mark(mark=alias, by=staff)
    assert not OrganisationAlias.objects.exists()
