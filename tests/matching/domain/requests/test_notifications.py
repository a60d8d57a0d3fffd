"""Who is told what about a request."""

import pytest
from django.core import mail

from accounts.enums import MembershipState
from matching.domain.requests import notifications
from matching.models import MatchRequest
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import MembershipFactory, create_member
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def match_request() -> MatchRequest:
    return MatchRequestFactory()


def receivers() -> list[str]:
    return sorted(to for message in mail.outbox for to in message.to)


def test_mail_goes_to_each_active_person_once(match_request):
    one, gone = UserFactory(), UserFactory(is_active=False)
    notifications.send([one, gone, one], "request_moved", match_request)
    assert receivers() == [one.email]


def test_people_of_the_company_are_its_active_members(match_request):
    colleague = create_member(organisation=match_request.organisation)
    MembershipFactory(organisation=match_request.organisation, state=MembershipState.PENDING)
    create_member()
    assert set(notifications.company_people(match_request)) == {match_request.requested_by, colleague}


def test_who_asked_on_behalf_of_the_company_is_told_as_its_people_are_but_not_of_own_words():
    asker, member = create_staff(), create_member()
    company = member.memberships.get().organisation
    row = MatchRequest.objects.create(
        technology=MatchRequestFactory().technology,
        organisation=company,
        requested_by=asker,
        message="관심",
        due_on="2099-01-05",
    )
    mail.outbox.clear()
    notifications.message_posted(row, by=asker, body="회신 부탁드립니다.")
    assert (notifications.company_people(row), receivers()) == ([member, asker], [member.email])


def test_centre_is_the_one_in_charge_or_everybody_while_nobody_is(match_request):
    owner, other = create_staff(), create_staff()
    create_staff(is_active=False)
    everybody = notifications.centre_people(match_request)
    match_request.owner = owner
    assert (set(everybody), notifications.centre_people(match_request)) == ({owner, other}, [owner])


def test_new_request_is_confirmed_to_the_company_and_shown_with_its_message_to_the_centre(match_request):
    staff = create_staff()
    notifications.request_received(match_request)
    asked = match_request.requested_by.email
    assert receivers() == sorted([asked, staff.email])
    assert {message.to[0]: match_request.message in message.body for message in mail.outbox} == {
        asked: False,
        staff.email: True,
    }


def test_move_is_told_to_the_company_and_withdrawal_to_the_centre(match_request):
    staff, told = create_staff(), []
    for tell in (notifications.request_moved, notifications.request_withdrawn):
        mail.outbox.clear()
        tell(match_request)
        told.append(receivers())
    assert told == [[match_request.requested_by.email], [staff.email]]


def test_message_goes_to_the_other_side(match_request):
    colleague = create_member(organisation=match_request.organisation)
    match_request.owner, told = create_staff(), []
    for writer in (match_request.owner, match_request.requested_by):
        mail.outbox.clear()
        notifications.message_posted(match_request, by=writer, body="언제입니까?")
        told.append(receivers())
    assert told == [sorted([colleague.email, match_request.requested_by.email]), [match_request.owner.email]]
