import re

import pytest
from django.contrib.sessions.models import Session

from accounts.signing_in import session_clock
from tests.factories.membership import create_member
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
NOBODY = {"is_logged_in": False, "seconds_left": 0}


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS = 60, 12
    settings.MEMBER_IDLE_MINUTES, settings.MEMBER_SESSION_HOURS = 24 * 60, 48


@pytest.fixture
def clock(monkeypatch):
    """Moves the time of the session clock; the rest of the world stays where it is."""

    class Clock:
        now = 1_800_000_000.0

        def time(self):
            return self.now

        def forward(self, *, minutes):
            self.now += minutes * 60

    clock = Clock()
    monkeypatch.setattr(session_clock, "time", clock)
    return clock


def state(client):
    return client.get("/my/session/").json()


def test_session_of_staff_ends_when_nobody_used_it(client, clock):
    client.force_login(create_staff())
    clock.forward(minutes=59)
    assert client.get("/my/details/").status_code == 200
    clock.forward(minutes=59)
    assert client.get("/my/details/").status_code == 200
    clock.forward(minutes=61)
    answer = client.get("/my/details/", follow=True)
    assert answer.redirect_chain == [("/accounts/login/?next=/my/details/", 302)]
    assert "로그인이 만료되었습니다" in answer.content.decode()


def test_session_of_staff_ends_after_its_hours_however_busy(client, clock):
    client.force_login(create_staff())
    for _half_hour in range(24):
        clock.forward(minutes=29)
        assert client.get("/my/details/").status_code == 200
    clock.forward(minutes=29)
    assert client.get("/my/details/").status_code == 302


def test_session_of_a_member_lasts_longer(client, clock):
    client.force_login(create_member())
    clock.forward(minutes=23 * 60)
    assert client.get("/my/details/").status_code == 200
    clock.forward(minutes=24 * 60 + 1)
    assert client.get("/my/details/").status_code == 302


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/my/session/", {}),
        ("/healthz", {}),
        ("/my/details/", {"X-Background": "1"}),
        ("/no-such-page/", {"X-Background": "1"}),
    ],
)
def test_what_a_page_asks_by_itself_does_not_prolong(client, clock, address, headers):
    client.force_login(create_staff())
    for _tenth in range(6):
        clock.forward(minutes=10)
        client.get(address, headers=headers)
    assert state(client) == NOBODY


def test_pages_know_how_long_the_session_lasts(client, clock):
    assert "data-session-seconds-left" not in client.get("/guide/").content.decode()
    client.force_login(create_staff())
    page = client.get("/guide/").content.decode()
    assert re.findall(r'data-session-\S+="(\S+)"', page) == ["3600", "/my/session/", "/my/session/keep/"]


def test_noting_a_use_keeps_what_another_request_wrote_and_revives_nothing(client, clock):
    client.force_login(create_staff())
    session = client.session
    stale = client.session
    stale.get("anything")
    session["draft"] = "kept"
    session.save()
    clock.forward(minutes=5)
    session_clock.note_use(stale)
    assert (client.session["draft"], client.session[session_clock.USED_AT]) == ("kept", clock.now)
    client.session.flush()
    clock.forward(minutes=5)
    session_clock.note_use(stale)
    assert not Session.objects.exists()


def test_a_new_log_in_begins_anew(client, clock):
    staff = create_staff()
    client.force_login(staff)
    clock.forward(minutes=50)
    client.force_login(staff)
    assert state(client)["seconds_left"] == 3600
