import pytest

pytestmark = pytest.mark.django_db


def test_forged_session_cookie_with_nul_is_that_of_a_visitor(client) -> None:
    response = client.get("/guide/", headers={"cookie": 'sessionid="aaaaaaaa\\000b"'})
    assert (response.status_code, response.wsgi_request.user.is_authenticated) == (200, False)
