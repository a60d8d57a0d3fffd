import pytest
from bs4 import BeautifulSoup

from accounts.demo.demo_accounts import DEMO_ACCOUNTS, create_demo_accounts

pytestmark = pytest.mark.django_db


def forms_of(client, address):
    """What the button of each account would send."""
    forms = BeautifulSoup(client.get(address).content, "html.parser").select(".demo-accounts form")
    return [
        {field["name"]: field["value"] for field in form.select("input") if field["name"] != "csrfmiddlewaretoken"}
        for form in forms
    ]


@pytest.mark.parametrize(
    ("address", "more"),
    [("/guide/", {}), ("/accounts/login/", {}), ("/accounts/login/?next=/demands/", {"next": "/demands/"})],
)
def test_demo_accounts_are_offered_with_the_page_that_was_asked_for(client, settings, address, more):
    settings.DEMO_MODE = True
    assert forms_of(client, address) == [
        {"login": account["email"], "password": account["password"], **more} for account in DEMO_ACCOUNTS
    ]


def test_demo_account_logs_in_by_its_button(client, settings):
    settings.DEMO_MODE = True
    create_demo_accounts()
    form = forms_of(client, "/accounts/login/?next=/demands/")[0]
    assert client.post("/accounts/login/", form).url == "/demands/"
    assert client.get("/my/session/").json()["is_logged_in"]
