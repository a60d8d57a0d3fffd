import pytest

from matching.domain.account_closing import release_work
from matching.enums import RequestEventKind
from matching.models import Publication, RequestEvent
from tests.factories.match_request import MatchRequestFactory
from tests.factories.technology import TechnologyFactory
from tests.factories.user import UserFactory, create_staff

pytestmark = pytest.mark.django_db


def test_work_of_a_closed_account_waits_for_somebody_else_without_a_new_revision():
    user, colleague = create_staff(), create_staff()
    rows = [make(owner=owner) for make in (TechnologyFactory, MatchRequestFactory) for owner in (user, colleague)]
    release_work(user=user, by=colleague)
    for row in rows:
        row.refresh_from_db()
    assert [(row.owner, row.revision) for row in rows] == [(None, 1), (colleague, 1)] * 2


def test_name_stands_in_no_entry_that_somebody_took_a_request():
    user, colleague = create_staff(), create_staff()
    request = MatchRequestFactory()
    entries = {}
    for actor in (user, colleague):
        for kind in (RequestEventKind.OWNER, RequestEventKind.MESSAGE):
            entries[actor, kind] = RequestEvent.objects.create(
                match_request=request, kind=kind, actor=actor, body="Kim"
            )
    release_work(user=user, by=colleague)
    left = {key for key, row in entries.items() if RequestEvent.objects.get(pk=row.pk).body == "Kim"}
    assert left == set(entries) - {(user, RequestEventKind.OWNER)}


def test_names_in_old_publications_go_unless_they_may_be_somebody_elses():
    user, namesake = (create_staff(full_name="이") for _number in range(2))
    alone = UserFactory(full_name="홍길동")
    row = Publication.objects.create(
        technology=TechnologyFactory(), kind="review", other_names=f"이, 홍길동, 이서연, {user.email}"
    )
    said = []
    for person in (user, alone):
        release_work(user=person, by=namesake)
        row.refresh_from_db()
        said.append((row.other_names, row.proposers))
    assert said == [("이, 홍길동, 이서연", [user.pk]), ("이, 이서연", [user.pk, alone.pk])]
