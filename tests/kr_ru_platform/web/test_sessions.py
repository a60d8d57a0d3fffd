import pytest
from django.contrib.sessions.models import Session

from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


def test_forged_session_cookie_with_nul_is_that_of_a_visitor(client) -> None:
    response = client.get("/guide/", headers={"cookie": 'sessionid="aaaaaaaa\\000b"'})
    assert (response.status_code, response.wsgi_request.user.is_authenticated) == (200, False)


def test_late_answer_to_a_session_that_is_over_takes_no_cookie_away(client) -> None:
    """Somebody may have logged in meanwhile, and the browser has one cookie of this name."""
    client.force_login(UserFactory())
    Session.objects.all().delete()
    asked = client.get("/my/kept/", headers={"X-Background": "1"})
    assert (asked.json()["account"], "sessionid" in asked.cookies) == ("", False)


def test_answer_that_ends_a_session_takes_its_cookie_away(client) -> None:
    client.force_login(UserFactory())
    assert client.post("/accounts/logout/").cookies["sessionid"].value == ""
