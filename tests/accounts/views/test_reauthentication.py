import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.urls import reverse

from accounts.models import ClosedAccount
from tests.factories.membership import create_member
from tests.factories.user import PASSWORD

pytestmark = pytest.mark.django_db
CLOSE = "/my/details/close/"
TICKED = {"is_confirmed": "on"}


@pytest.fixture
def person(client):
    person = create_member()
    client.force_login(person)
    return person


def test_page_is_shown_and_only_what_is_posted_waits_for_the_password(client, person):
    assert client.get(CLOSE).status_code == 200
    assert client.post(CLOSE, TICKED).url.startswith(reverse("account_reauthenticate"))
    assert not ClosedAccount.objects.exists()


def test_wrong_password_does_not_do_what_was_posted(client, person):
    answer = client.post(CLOSE, TICKED)
    client.post(answer.url, {"password": "wrong-horse-7"})
    client.post(CLOSE, TICKED)
    assert not ClosedAccount.objects.exists()


def test_whoever_has_just_shown_themselves_is_not_asked_again(client, person):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(CLOSE, TICKED).url == reverse("home")
    assert ClosedAccount.objects.get().closed_by_id == person.pk


def test_whoever_has_a_second_factor_is_asked_for_its_code(client, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    answer = client.post(CLOSE, TICKED)
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert not ClosedAccount.objects.exists()
    client.post(answer.url, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
    assert ClosedAccount.objects.get().closed_by_id == person.pk
