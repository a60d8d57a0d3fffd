"""Doors through which strangers have the portal write to somebody: so often and no oftener, with a clear answer."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import Invitation, Membership, User
from kr_ru_platform.web.requests.throttling import LIMITS
from tests.factories.membership import MembershipFactory
from tests.factories.organisation import OrganisationFactory
from tests.factories.user import PASSWORD, UserFactory, create_staff

pytestmark = pytest.mark.django_db

KOREAN = {"accept-language": "ko"}


@pytest.fixture(autouse=True)
def cache_is_down(settings) -> None:
    settings.CACHES = {
        **settings.CACHES,
        "default": {"BACKEND": "kr_ru_platform.running.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:9/0"},
    }


@pytest.fixture
def limits(settings):
    """limits("invitation", sender=2): so few that a test reaches them."""

    def lower(action, **who):
        settings.THROTTLING = {action: {name: (times, 3600) for name, times in who.items()}}

    return lower


def sign_up(client, number, **changes):
    form = {
        "email": f"person{number}@new.example.org",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "full_name": "박하나",
        "phone": "055-280-0000",
        "has_consented": "on",
        **changes,
    }
    response = client.post(reverse("account_signup"), form, headers=KOREAN)
    client.logout()
    return response


def refused(response, kept="") -> None:
    """429, when to try again in the reader's language, and what was typed."""
    page = response.content.decode()
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 3000
    assert "다시 시도하세요." in page and kept in page


def test_training_room_signs_up_and_in_behind_one_address(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "signup": "120/m/ip", "login_failed": "40/m/ip,5/5m/key"}
    for number in range(30):
        assert sign_up(client, number).status_code == 302
    EmailAddress.objects.update(verified=True)
    for number in range(30):
        login = {"login": f"person{number}@new.example.org", "password": PASSWORD}
        assert client.post(reverse("account_login"), login).url == reverse("workspace")
        client.logout()


def test_sign_up_is_limited_by_address_and_keeps_what_was_typed(client, limits):
    limits("sign-up", address=2)
    sign_up(client, 1)
    sign_up(client, 2)
    refused(sign_up(client, 3), kept='value="박하나"')
    assert User.objects.count() == 2


def test_sign_up_is_limited_by_receiver_whether_known_or_not(client):
    UserFactory(email="known@example.org")
    times = LIMITS["sign-up"]["receiver"][0]
    for email in ("known@example.org", "unknown@example.org"):
        answers = [sign_up(client, 0, email=email).status_code for _time in range(times + 1)]
        assert answers == [302] * times + [429]


def test_wrong_sign_up_is_not_counted(client, limits):
    limits("sign-up", address=1)
    for _time in range(3):
        sign_up(client, 1, password2="other")
    assert sign_up(client, 1).status_code == 302


@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_password_reset_is_limited_by_receiver(client, email):
    EmailAddress.objects.create(user=UserFactory(email="known@example.org"), email="known@example.org", verified=True)
    for _time in range(LIMITS["password reset"]["receiver"][0]):
        client.post(reverse("account_reset_password"), {"email": email})
    sent = len(mail.outbox)
    refused(client.post(reverse("account_reset_password"), {"email": email}, headers=KOREAN), kept=email)
    assert len(mail.outbox) == sent == LIMITS["password reset"]["receiver"][0]


def _with_address(client):
    user = UserFactory(email="known@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.force_login(user)
    return user


def test_change_of_address_is_limited_by_sender(client, limits):
    limits("address change", sender=1)
    _with_address(client)
    url = reverse("account_email")
    client.post(url, {"action_add": "", "email": "one@example.org"})
    response = client.post(url, {"action_add": "", "email": "two@example.org"}, headers=KOREAN)
    refused(response, kept="two@example.org")
    assert not EmailAddress.objects.filter(email="two@example.org").exists()


def test_sending_a_confirmation_again_is_limited_and_says_so(client):
    user = _with_address(client)
    EmailAddress.objects.create(user=user, email="new@example.org")
    resend = {"action_send": "", "email": "new@example.org"}
    for _time in range(LIMITS["verification"]["receiver"][0]):
        assert client.post(reverse("account_email"), resend).status_code == 302
    refused(client.post(reverse("account_email"), resend, headers=KOREAN))
    assert len(mail.outbox) == LIMITS["verification"]["receiver"][0]


def test_nobody_uses_up_what_another_may_get(client):
    _with_address(client)
    for _time in range(LIMITS["verification"]["receiver"][0] + 1):
        client.post(reverse("account_email"), {"action_send": "", "email": "victim@example.org"})
    assert sign_up(client, 0, email="victim@example.org").status_code == 302


def test_invitation_is_limited_by_sender_and_keeps_what_was_typed(client, limits):
    limits("invitation", sender=2)
    owner = MembershipFactory()
    client.force_login(owner.user)
    url = reverse("invitation_create", args=[owner.organisation_id])
    for number in range(2):
        assert client.post(url, {"email": f"a{number}@example.org", "role": "member"}).status_code == 302
    refused(client.post(url, {"email": "third@example.org", "role": "member"}, headers=KOREAN), "third@example.org")
    assert Invitation.objects.count() == len(mail.outbox) == 2
    refused(client.post(reverse("invitation_renew", args=[Invitation.objects.first().pk]), headers=KOREAN))


def test_many_organisations_do_not_flood_one_receiver(client):
    answers = []
    for _number in range(LIMITS["invitation"]["receiver"][0] + 1):
        owner = MembershipFactory()
        client.force_login(owner.user)
        url = reverse("invitation_create", args=[owner.organisation_id])
        answers.append(client.post(url, {"email": "victim@example.org", "role": "member"}).status_code)
    assert answers[-1] == 429 and set(answers[:-1]) == {302}


def test_the_centre_invites_as_many_as_it_needs(client, limits):
    limits("invitation", sender=1, organisation=1)
    client.force_login(create_staff())
    url = reverse("invitation_create", args=[OrganisationFactory().pk])
    for number in range(3):
        assert client.post(url, {"email": f"a{number}@example.org", "role": "member"}).status_code == 302


def test_join_request_is_limited_by_organisation_and_answers_clearly(client, limits):
    limits("join request", organisation=2)
    owner = MembershipFactory(organisation__registration_number="124-81-00998")
    for _number in range(3):
        client.force_login(UserFactory())
        response = client.post(reverse("organisation_join"), {"registration_number": "124-81-00998"}, headers=KOREAN)
    refused(response)
    assert Membership.objects.pending().count() == 2
    assert [message.to for message in mail.outbox] == [[owner.user.email]] * 2
