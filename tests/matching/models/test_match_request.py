from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from matching.enums import DeclineReason
from matching.enums import MatchRequestState as State
from matching.models import Introduction, MatchRequest
from tests.constraints import constraint_against
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
ENDED = {State.INTRODUCED, State.DECLINED, State.WITHDRAWN}


def test_declined_request_without_a_reason_is_rejected():
    assert constraint_against(MatchRequestFactory, state=State.DECLINED) == "match_request_declined_has_a_reason"
    MatchRequestFactory(state=State.DECLINED, decline_reason=DeclineReason.OTHER)


@pytest.mark.parametrize("state", [state for state in State if state not in ENDED])
def test_company_has_one_pending_request_for_a_technology(state):
    request = MatchRequestFactory(state=state)
    same = {"technology": request.technology, "organisation": request.organisation}
    name = "match_request_is_one_pending_per_company_and_technology"
    assert constraint_against(MatchRequestFactory, **same) == name
    MatchRequest.objects.update(state=State.WITHDRAWN)
    MatchRequestFactory(**same)


def test_states_that_wait_and_states_that_stand():
    rows = {s: MatchRequestFactory(state=s, decline_reason=DeclineReason.OTHER) for s in State}
    assert {row.state for row in MatchRequest.objects.pending()} == set(State) - ENDED
    assert {row.state for row in MatchRequest.objects.standing()} == set(State) - {State.WITHDRAWN}
    assert {state for state, row in rows.items() if row.is_pending} == set(State) - ENDED


def test_own_company_and_the_centre_see_a_request():
    own, other = MatchRequestFactory(), MatchRequestFactory()
    people = {"visitor": AnonymousUser(), "member": own.requested_by, "staff": create_staff()}
    assert {name: set(MatchRequest.objects.visible_to(user)) for name, user in people.items()} == {
        "visitor": set(),
        "member": {own},
        "staff": {own, other},
    }


def test_agreement_ends_on_or_after_the_day_it_is_signed():
    day = date(2026, 3, 1)
    IntroductionFactory(nda_signed_on=day, nda_ends_on=day)
    ends = {"nda_signed_on": day, "nda_ends_on": day - timedelta(days=1)}
    assert constraint_against(IntroductionFactory, **ends) == "introduction_agreement_ends_after_it_is_signed"


@pytest.mark.parametrize(
    ("signed", "ends", "in_force", "has_ended"),
    [
        (None, None, False, False),
        (0, None, True, False),
        (1, None, False, False),
        (-9, 0, True, False),
        (-9, 1, True, False),
        (-9, -1, False, True),
    ],
)
def test_agreement_counts_from_its_first_to_its_last_day(signed, ends, in_force, has_ended):
    today = timezone.localdate()
    days = [None if days is None else today + timedelta(days=days) for days in (signed, ends)]
    row = IntroductionFactory(nda_signed_on=days[0], nda_ends_on=days[1])
    assert (Introduction.objects.with_agreement().exists(), row.has_ended_agreement) == (in_force, has_ended)


def test_agreement_with_a_former_holder_opens_nothing_of_a_technology_without_one() -> None:
    today = timezone.localdate()
    technology = TechnologyFactory(holder=None)
    former = OrganisationFactory()
    signed = {"match_request__technology": technology, "nda_signed_on": today, "signed_with": None}
    IntroductionFactory(holder=former, **signed)
    never_had_one = IntroductionFactory(holder=None, **signed)
    assert list(Introduction.objects.opening(technology)) == [never_had_one]
