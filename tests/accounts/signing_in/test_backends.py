import pytest

from accounts.demo.demo_accounts import DEMO_ACCOUNTS, create_demo_accounts
from accounts.models import User
from tests.factories.user import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def test_demo_account_logs_in_only_in_local_mode(client, settings):
    settings.DEMO_MODE = True
    create_demo_accounts()
    account = DEMO_ACCOUNTS[0]
    assert client.login(email=account["email"], password=account["password"])
    settings.DEMO_MODE = False
    assert not client.login(email=account["email"], password=account["password"])


def test_session_of_a_demo_account_ends_outside_local_mode(client, settings):
    settings.DEMO_MODE = True
    create_demo_accounts()
    client.force_login(User.objects.get(email=DEMO_ACCOUNTS[0]["email"]))
    assert client.get("/my/session/").json()["is_logged_in"]
    settings.DEMO_MODE = False
    assert not client.get("/my/session/").json()["is_logged_in"]


def test_demo_accounts_are_refused_but_nobody_else_outside_local_mode(client, settings):
    settings.DEMO_MODE = False
    assert client.login(email=UserFactory(email="sme@demo.example.org").email, password=PASSWORD)
