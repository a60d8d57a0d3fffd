import pytest

from accounts.domain.people.sessions import end_sessions
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_every_session_of_this_person_ends_and_of_nobody_else(client):
    user, other = UserFactory(), UserFactory()
    before = [person.get_session_auth_hash() for person in (user, other)]
    found = end_sessions(user=user, by=other)
    other.refresh_from_db()
    assert (found.session_epoch, other.session_epoch) == (1, 0)
    assert [person.get_session_auth_hash() == was for person, was in zip((found, other), before, strict=True)] == [
        False,
        True,
    ]
    assert end_sessions(user=user, by=user).session_epoch == 2
