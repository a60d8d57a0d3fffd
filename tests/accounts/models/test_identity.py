import pytest

from accounts.models import OrganisationAlias, OrganisationNumber
from tests.constraints import constraint_against
from tests.factories.organisation import InstituteFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def test_number_is_of_one_organisation():
    number = {"kind": "inn", "value": "7707083893"}
    row = OrganisationNumber.objects.create(organisation=InstituteFactory(), **number)
    other = {"organisation": OrganisationFactory(), **number}
    name = "organisation_number_is_of_one_organisation"
    assert constraint_against(OrganisationNumber.objects.create, **other) == name
    OrganisationNumber.objects.create(**other | {"kind": "ogrn"})
    assert (str(row), row.written) == ("7707083893", "7707083893")


def test_other_name_of_an_organisation_is_noted_once():
    alias = {"organisation": InstituteFactory(), "name": "ИМЕТ"}
    row = OrganisationAlias.objects.create(**alias)
    assert constraint_against(OrganisationAlias.objects.create, **alias) == "organisation_alias_is_noted_once"
    OrganisationAlias.objects.create(**alias | {"organisation": OrganisationFactory()})
    assert (str(row), row.spelled_names) == ("ИМЕТ", ["ИМЕТ"])
