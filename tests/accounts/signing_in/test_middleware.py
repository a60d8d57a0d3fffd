import pytest
from django.urls import reverse

from tests.factories.membership import create_member
from tests.factories.user import create_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.STAFF_MFA_REQUIRED = True


def test_staff_without_second_factor_reach_only_account_pages(client):
    client.force_login(create_staff())
    response = client.get("/no-such-page/")
    assert (response.status_code, response.url) == (302, reverse("mfa_activate_totp"))
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("account_logout")).status_code == 200


def test_members_and_visitors_need_none(client):
    assert client.get("/no-such-page/").status_code == 404
    client.force_login(create_member())
    assert client.get("/no-such-page/").status_code == 404


def test_nobody_is_asked_where_it_is_not_required(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_staff())
    assert client.get("/no-such-page/").status_code == 404
