import pytest

from accounts.models import Membership
from kr_ru_platform.saving.repointing import repoint
from matching.enums import Provenance
from matching.models import CompanyProfile, Demand, TechnologyText
from tests.factories.company_profile import CompanyProfileFactory
from tests.factories.demand import DemandFactory
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory, TechnologyTextFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def of_organisation(model):
    return model._meta.get_field("organisation")


def test_repoint_with_revision_and_history():
    stays, goes, person = OrganisationFactory(), OrganisationFactory(), UserFactory()
    rows = [DemandFactory(organisation=goes), DemandFactory(organisation=goes)]
    DemandFactory()
    assert repoint(of_organisation(Demand), goes=goes, stays=stays, by=person) == 2
    for row in rows:
        row.refresh_from_db()
        last = row.history.latest()
        assert (row.organisation, row.revision, last.organisation, last.history_user) == (stays, 2, stays, person)


def test_repoint_with_history_alone():
    stays, goes, person = TechnologyFactory(), TechnologyFactory(), UserFactory()
    goes.texts.all().delete()
    text = TechnologyTextFactory(technology=goes, language="en", provenance=Provenance.HUMAN)
    assert repoint(TechnologyText._meta.get_field("technology"), goes=goes, stays=stays, by=person) == 1
    text.refresh_from_db()
    assert (text.technology, text.history.latest().history_user) == (stays, person)


def test_repoint_with_revision_alone():
    stays, goes = OrganisationFactory(), OrganisationFactory()
    row = CompanyProfileFactory(organisation=goes)
    assert repoint(of_organisation(CompanyProfile), goes=goes, stays=stays, by=UserFactory()) == 1
    row.refresh_from_db()
    assert (row.organisation, row.revision) == (stays, 2)


def test_repoint_without_either():
    stays, goes = OrganisationFactory(), OrganisationFactory()
    row = MembershipFactory(organisation=goes)
    assert repoint(of_organisation(Membership), goes=goes, stays=stays, by=UserFactory()) == 1
    assert repoint(of_organisation(Membership), goes=goes, stays=stays, by=UserFactory()) == 0
    row.refresh_from_db()
    assert row.organisation == stays
