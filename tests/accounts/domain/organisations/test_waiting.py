import pytest

from accounts.domain.organisations.waiting import waiting_work
from accounts.enums import DecisionState
from accounts.models import NameProposal, OrganisationClaim
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_what_waits_stands_by_its_age_and_is_counted_together():
    known = OrganisationFactory()
    first, second = OrganisationFactory(is_new=True), OrganisationFactory(is_new=True)
    for _ in range(2):
        MembershipFactory(organisation=first)
    proposal = NameProposal.objects.create(organisation=known, old={}, new={})
    NameProposal.objects.create(organisation=known, old={}, new={}, state=DecisionState.DECLINED)
    claim = OrganisationClaim.objects.create(organisation=known, asked_by=UserFactory(), message="ours")
    OrganisationClaim.objects.create(
        organisation=known, asked_by=UserFactory(), message="ours", state=DecisionState.APPROVED
    )
    work = waiting_work()
    assert [(row, row.member_count) for row in work.unconfirmed] == [(first, 2), (second, 0)]
    assert (list(work.proposals), list(work.claims), work.count) == ([proposal], [claim], 4)
