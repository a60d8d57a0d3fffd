from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from kr_ru_platform.saving.errors import MoveNotAllowedError
from matching.domain.requests import match_requests as domain
from matching.enums import DeclineReason, MatchRequestState, RequestEventKind, TechnologyState
from matching.models import MatchRequest
from tests.factories.match import MatchFactory
from tests.factories.match_request import MatchRequestFactory
from tests.factories.membership import create_member
from tests.factories.organisation import OrganisationFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import create_programme_admin, create_staff

pytestmark = pytest.mark.django_db
State = MatchRequestState


def test_request_introduction_writes_request_event_and_mails():
    staff, member = create_staff(), create_member()
    technology = TechnologyFactory(owner=staff)
    organisation = member.memberships.get().organisation

    made = domain.request_introduction(
        technology=technology, organisation=organisation, by=member, message="시제품을 만들고 싶습니다."
    )

    assert (made.state, made.owner, made.message) == (State.SUBMITTED, staff, "시제품을 만들고 싶습니다.")
    assert list(made.events.values_list("kind", "to_state")) == [(RequestEventKind.STATE, State.SUBMITTED)]
    assert recipients() == sorted([member.email, staff.email])


@pytest.mark.parametrize("state", [TechnologyState.ARCHIVED, TechnologyState.ON_HOLD, TechnologyState.DRAFT])
def test_request_introduction_refuses_withdrawn_technology(state):
    member, technology = create_member(), TechnologyFactory(state=state)

    with pytest.raises(domain.TechnologyWithdrawnError):
        domain.request_introduction(
            technology=technology,
            organisation=member.memberships.get().organisation,
            by=member,
            message="x",
        )

    assert not MatchRequest.objects.exists()


def test_request_introduction_refuses_second_pending_request():
    first = MatchRequestFactory()

    with pytest.raises(domain.AlreadyRequestedError) as caught:
        domain.request_introduction(
            technology=first.technology,
            organisation=first.organisation,
            by=first.requested_by,
            message="again",
        )

    assert caught.value.args == (first,)


def test_request_introduction_refuses_own_technology():
    member = create_member()
    organisation = member.memberships.get().organisation
    technology = TechnologyFactory(holder=organisation)

    with pytest.raises(domain.OwnTechnologyError):
        domain.request_introduction(technology=technology, organisation=organisation, by=member, message="x")


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (State.SUBMITTED, {"in_review", "question", "accepted", "declined", "withdrawn"}),
        (State.IN_REVIEW, {"question", "accepted", "declined", "withdrawn"}),
        (State.QUESTION, {"in_review", "accepted", "declined", "withdrawn"}),
        (State.ACCEPTED, {"introduced", "declined", "withdrawn"}),
        (State.INTRODUCED, set()),
        (State.DECLINED, set()),
        (State.WITHDRAWN, set()),
    ],
)
def test_move_allows_only_the_table(state, allowed):
    staff = create_staff()
    done = set()
    for target in State:
        row = MatchRequestFactory(state=state, decline_reason=DeclineReason.OTHER)
        try:
            domain.move(match_request=row, to=target, by=staff)
        except MoveNotAllowedError:
            continue
        done.add(str(target))

    assert done == allowed


def test_decline_closes_with_reason_and_tells_the_company_in_its_language():
    row = MatchRequestFactory(requested_by__language="en")

    domain.decline(
        match_request=row, by=create_staff(), reason=DeclineReason.TOO_EARLY, note="Only a laboratory sample."
    )

    row.refresh_from_db()
    (email,) = [message for message in mail.outbox if message.to == [row.requested_by.email]]
    assert (row.state, row.decline_reason, row.closed_at is not None) == ("declined", "too_early", True)
    assert "at too early a stage" in email.body
    assert "Only a laboratory sample." in email.body
    assert f"/requests/{row.pk}/" in email.body


def test_reply_of_the_company_sends_the_request_back_to_the_centre():
    row = MatchRequestFactory(state=State.QUESTION, owner=create_staff())
    file = SimpleUploadedFile("spec.pdf", b"%PDF-1.4")

    event = domain.post_message(match_request=row, by=row.requested_by, body="답변입니다.", files=[file])

    row.refresh_from_db()
    assert (row.state, event.body, event.attachments.get().name) == (State.IN_REVIEW, "답변입니다.", "spec.pdf")


def test_internal_note_is_not_mailed():
    row = MatchRequestFactory(owner=create_staff())

    domain.post_message(match_request=row, by=row.owner, body="조심", is_internal=True)

    assert mail.outbox == []


def test_take_moves_a_new_request_and_a_colleague_may_take_over():
    row, first, second = MatchRequestFactory(), create_staff(), create_staff()

    taken = domain.take(match_request=row, by=first)
    over = domain.take(match_request=row, by=second)

    assert [(taken.state, taken.owner), (over.state, over.owner)] == [
        (State.IN_REVIEW, first),
        (State.IN_REVIEW, second),
    ]


def test_set_due_date_refuses_closed_request():
    row = MatchRequestFactory(state=State.WITHDRAWN)

    with pytest.raises(MoveNotAllowedError):
        domain.set_due_date(match_request=row, by=create_staff(), due_on=date(2027, 1, 4))


def test_request_of_two_organisations_for_one_technology_stand_side_by_side():
    first = MatchRequestFactory()
    member = create_member(organisation=OrganisationFactory())

    domain.request_introduction(
        technology=first.technology,
        organisation=member.memberships.get().organisation,
        by=member,
        message="x",
    )

    assert first.technology.match_requests.count() == 2


def recipients():
    return sorted(to for email in mail.outbox for to in email.to)


def test_who_has_left_the_company_gets_no_more_mail():
    row = MatchRequestFactory()
    colleague = create_member(organisation=row.organisation)
    row.requested_by.memberships.all().delete()
    domain.post_message(match_request=row, by=create_staff(), body="비밀")
    assert recipients() == [colleague.email]


@pytest.mark.parametrize("change", [{"is_active": False}, {"groups": None}])
def test_request_of_an_owner_who_has_left_goes_to_all_of_the_centre(change):
    owner, admin = create_staff(), create_programme_admin()
    row = MatchRequestFactory(owner=owner)
    owner.groups.clear() if "groups" in change else None
    User.objects.filter(pk=owner.pk).update(is_active="groups" in change)
    row.refresh_from_db()
    domain.post_message(match_request=row, by=row.requested_by, body="언제입니까?")
    assert recipients() == [admin.email]


def test_request_introduction_leaves_out_the_match_of_another_company():
    member, match = create_member(), MatchFactory()
    made = domain.request_introduction(
        technology=match.technology,
        organisation=member.memberships.get().organisation,
        by=member,
        message="관심",
        match=match,
    )
    assert (made.match, made.score_when_requested) == (None, None)
