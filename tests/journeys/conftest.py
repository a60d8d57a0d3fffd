import pytest


@pytest.fixture
def log_in(client, context, live_server):
    """log_in(user): the browser holds that person's session."""

    def put_session(user):
        client.force_login(user)
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])

    return put_session
