import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.context_processors import session
from accounts.signing_in.session_clock import USED_AT
from tests.factories.membership import create_member
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


def page(rf, user, **in_session):
    request = rf.get("/")
    request.user, request.session = user, in_session
    return request


def test_session_of_a_visitor_has_no_end_to_warn_of(rf):
    assert session(page(rf, AnonymousUser())) == {}


def test_session_of_a_page_that_failed_before_anybody_was_known_is_not_asked_for(rf):
    assert session(rf.get("/")) == {}


def test_session_tells_what_the_role_of_the_reader_has_left(rf, settings):
    settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS = 60, 12
    settings.MEMBER_IDLE_MINUTES, settings.MEMBER_SESSION_HOURS = 120, 48
    assert session(page(rf, create_staff())) == {"session_seconds_left": 3600}
    assert session(page(rf, create_member())) == {"session_seconds_left": 7200}
    assert session(page(rf, create_member(), **{USED_AT: 0})) == {"session_seconds_left": 0}
