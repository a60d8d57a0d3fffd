import pytest

from accounts.domain.organisations.decisions import decide, locked_question
from accounts.enums import DecisionState
from accounts.models import NameProposal, OrganisationClaim
from kr_ru_platform.saving.errors import MoveNotAllowedError
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db
ANSWERS = [DecisionState.APPROVED, DecisionState.DECLINED, DecisionState.TAKEN_BACK]


def claim(organisation):
    return OrganisationClaim.objects.create(organisation=organisation, asked_by=UserFactory(), message="…")


def proposal(organisation):
    return NameProposal.objects.create(
        organisation=organisation, asked_by=UserFactory(), old={"name_en": ""}, new={"name_en": "New"}
    )


@pytest.mark.parametrize("make", [claim, proposal])
@pytest.mark.parametrize("to", ANSWERS)
def test_what_waits_is_decided_once(make, to):
    organisation, person = OrganisationFactory(), create_staff()
    asked = make(organisation)
    assert locked_question(asked, to) == (asked, organisation)
    decide(asked, to, by=person, reason="Seen")
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.reason, asked.decided_at is not None) == (to, person, "Seen", True)
    for again in ANSWERS:
        with pytest.raises(MoveNotAllowedError) as refused:
            locked_question(asked, again)
        assert (refused.value.row, refused.value.to) == (asked, again)
