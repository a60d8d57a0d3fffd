import pytest

from accounts.signing_in import session_clock
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db
NOBODY = {"is_logged_in": False, "seconds_left": 0}


@pytest.fixture
def clock(monkeypatch, settings):
    """Moves the time of the session clock; the rest of the world stays where it is."""
    settings.STAFF_IDLE_MINUTES, settings.STAFF_SESSION_HOURS = 60, 12

    class Clock:
        now = 1_800_000_000.0

        def time(self):
            return self.now

        def forward(self, *, minutes):
            self.now += minutes * 60

    clock = Clock()
    monkeypatch.setattr(session_clock, "time", clock)
    return clock


def test_session_state_of_nobody_has_no_seconds_left(client):
    assert client.get("/my/session/").json() == NOBODY
    assert client.post("/my/session/keep/").json() == NOBODY


def test_session_state_tells_what_is_left_and_keep_gives_it_back(client, clock):
    client.force_login(create_staff())
    clock.forward(minutes=50)
    assert client.get("/my/session/").json() == {"is_logged_in": True, "seconds_left": 600}
    assert client.post("/my/session/keep/").json() == {"is_logged_in": True, "seconds_left": 3600}
    clock.forward(minutes=61)
    assert client.post("/my/session/keep/").json() == NOBODY


@pytest.mark.parametrize(("method", "address"), [("post", "/my/session/"), ("get", "/my/session/keep/")])
def test_session_is_only_asked_by_get_and_only_kept_by_post(client, clock, method, address):
    client.force_login(create_staff())
    clock.forward(minutes=50)
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(("method", "address"), [("get", "/my/session/"), ("post", "/my/session/keep/")])
def test_answers_about_the_session_are_never_stored(client, method, address):
    """A browser that shows a former answer would say that there is time left."""
    assert "no-store" in getattr(client, method)(address).headers["Cache-Control"]
