from datetime import date

import pytest

from accounts.errors import NotConfirmedError
from kr_ru_platform.saving.errors import MoveNotAllowedError, StaleRevisionError
from matching.domain.requests import introductions, match_requests
from matching.enums import Audience, MatchRequestState
from matching.models import Introduction, MatchRequest, RequestEvent, Technology
from matching.rules import audience_for
from tests.factories.introduction import IntroductionFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import InstituteFactory
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
State = MatchRequestState


def test_introduce_records_introduction_once():
    row, staff = MatchRequestFactory(state=State.ACCEPTED), create_staff()

    introduction = introductions.introduce(match_request=row, by=staff, introduced_on=date(2026, 11, 20))

    row.refresh_from_db()
    assert (row.state, Introduction.objects.get()) == (State.INTRODUCED, introduction)
    with pytest.raises(MoveNotAllowedError):
        introductions.introduce(match_request=row, by=staff, introduced_on=date(2026, 11, 20))


def test_what_stands_there_already_writes_nothing():
    introduction = IntroductionFactory(next_step="시험 일정 협의", next_step_on=date(2026, 12, 1))
    row, staff = introduction.match_request, create_staff()
    for expected in (None, row.revision, row.revision - 1):
        introductions.update_introduction(
            introduction=introduction, by=staff, expected_revision=expected, next_step="시험 일정 협의"
        )
    pending = MatchRequestFactory()
    match_requests.set_due_date(match_request=pending, by=staff, due_on=pending.due_on)
    revisions = [request.revision for request in (row, pending)]
    row.refresh_from_db()
    pending.refresh_from_db()
    assert ([row.revision, pending.revision], RequestEvent.objects.count()) == (revisions, 0)


def test_update_introduction_refuses_an_older_form():
    introduction = IntroductionFactory()
    seen = introduction.match_request.revision
    staff = create_staff()
    introductions.update_introduction(
        introduction=introduction, by=staff, expected_revision=seen, nda_signed_on=date(2026, 1, 2)
    )
    with pytest.raises(StaleRevisionError):
        introductions.update_introduction(
            introduction=introduction, by=staff, expected_revision=seen, nda_signed_on=None
        )
    introduction.refresh_from_db()
    assert introduction.nda_signed_on == date(2026, 1, 2)


def agreed(**said):
    """An agreement in force about a protected technology, somebody of the company, and the centre's person."""
    introduction = IntroductionFactory(
        match_request__technology__disclosure="nda", nda_signed_on=date(2020, 1, 2), **said
    )
    organisation = introduction.match_request.organisation
    return introduction, create_member(organisation=organisation), create_staff()


def reads(user):
    return audience_for(type(user).objects.get(pk=user.pk), Technology.objects.get())


def test_agreement_with_the_former_holder_opens_nothing_of_the_next_one():
    introduction, member, staff = agreed()
    assert reads(member) == Audience.NDA
    former, new = introduction.holder, InstituteFactory()
    Technology.objects.update(holder=new)
    introduction = Introduction.objects.get()
    assert (reads(member), introduction.is_with_former_holder) == (Audience.MEMBERS, True)
    assert introductions.possible_parties(introduction) == [former, new]

    # Corrected, the day alone says nothing about with whom; signed anew or taken over it opens again.
    introductions.update_introduction(introduction=introduction, by=staff, nda_signed_on=date(2020, 1, 3))
    assert reads(member) == Audience.MEMBERS
    introductions.update_introduction(introduction=introduction, by=staff, signed_with=new)
    assert (reads(member), Introduction.objects.get().party) == (Audience.NDA, new)
    Technology.objects.update(holder=former)
    assert reads(member) == Audience.MEMBERS


def test_agreement_about_a_technology_of_nobody_opens_nothing_of_the_first_holder():
    _introduction, member, _staff = agreed(match_request__technology__holder=None)
    assert reads(member) == Audience.NDA
    Technology.objects.update(holder=InstituteFactory())
    assert reads(member) == Audience.MEMBERS


def test_agreement_is_taken_over_by_a_confirmed_holder_only():
    introduction, _member, staff = agreed()
    claimed = InstituteFactory(is_new=True)
    Technology.objects.update(holder=claimed)
    with pytest.raises(NotConfirmedError):
        introductions.update_introduction(introduction=introduction, by=staff, signed_with=claimed)


@pytest.mark.parametrize("older", ["expected_revision", "technology_revision"])
def test_introduce_from_an_older_page_introduces_nobody(older):
    """Another holder meanwhile: the company would be told somebody whom nobody has looked at."""
    row, seen = MatchRequestFactory(state=State.ACCEPTED), {"expected_revision": 1, "technology_revision": 1}
    MatchRequest.objects.update(revision=1)
    Technology.objects.update(revision=1)
    with pytest.raises(StaleRevisionError):
        introductions.introduce(
            match_request=row, by=create_staff(), introduced_on=date(2026, 11, 20), **{**seen, older: 0}
        )
    assert not Introduction.objects.exists()
    introductions.introduce(match_request=row, by=create_staff(), introduced_on=date(2026, 11, 20), **seen)
    assert Introduction.objects.get().holder == row.technology.holder
