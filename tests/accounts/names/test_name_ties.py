import pytest

from accounts.names.name_ties import has_ties
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory
from tests.factories.network import AgreementFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.research_task import TaskPartnerFactory
from tests.factories.technology import TechnologyFactory

pytestmark = pytest.mark.django_db


def technology(organisation):
    TechnologyFactory(holder=organisation)


def introduction(organisation):
    IntroductionFactory(match_request__organisation=organisation)


def research_task(organisation):
    TaskPartnerFactory(organisation=organisation)


def agreement(organisation):
    AgreementFactory(organisation=organisation)


@pytest.mark.parametrize("make", [technology, introduction, research_task, agreement])
def test_has_ties_is_true_of_the_one_that_others_rely_on_and_of_no_other(make):
    one, other = OrganisationFactory(), OrganisationFactory()
    make(one)
    assert [has_ties(one), has_ties(other)] == [True, False]


def test_has_ties_counts_neither_members_nor_requests_that_led_to_nothing():
    organisation = OrganisationFactory()
    MembershipFactory(organisation=organisation)
    MatchRequestFactory(organisation=organisation)
    assert not has_ties(organisation)
