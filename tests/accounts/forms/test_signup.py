import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import User
from tests.factories.codes import code_in, type_code
from tests.factories.user import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

FORM = {
    "email": "Park@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "full_name": "박하나",
    "phone": "055-280-0000",
    "has_consented": "on",
}


def _sign_up(client, language="ko", **changes):
    return client.post(reverse("account_signup"), {**FORM, **changes}, headers={"accept-language": language})


def test_signup_stores_name_and_language_and_waits_for_verification(client):
    response = _sign_up(client, "ru")
    assert (response.status_code, response.url) == (302, reverse("account_email_verification_sent"))
    user = User.objects.get()
    assert (user.email, user.full_name, user.phone, user.language) == (
        "park@example.org",
        "박하나",
        "055-280-0000",
        "ru",
    )
    assert not EmailAddress.objects.get().verified
    assert [message.to for message in mail.outbox] == [["park@example.org"]]
    assert "127.0.0.1" not in mail.outbox[0].subject
    assert code_in(mail.outbox[0])


@pytest.mark.parametrize("missing", ["full_name", "has_consented", "email", "password1"])
def test_signup_without_a_required_field_creates_nobody(client, missing):
    response = _sign_up(client, **{missing: ""})
    assert response.status_code == 200
    assert missing in response.context["form"].errors
    assert not User.objects.exists()


def test_login_before_verification_is_refused(client):
    _sign_up(client)
    client.logout()
    response = client.post(reverse("account_login"), {"login": "park@example.org", "password": PASSWORD})
    assert response.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_signup_with_a_known_address_tells_nothing_and_writes_to_its_owner_in_their_language(client):
    user = UserFactory(email="park@example.org", language="ru")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    response = _sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert "уже существует" in mail.outbox[0].body


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_code_in_the_mail_stands_alone_confirms_the_address_and_logs_in(client, language):
    _sign_up(client, language)
    assert "http://testserver/accounts/" not in mail.outbox[0].body
    response = type_code(client, code_in(mail.outbox[0]))
    assert (response.status_code, response.url) == (302, reverse("workspace"))
    assert EmailAddress.objects.get().verified and client.session["_auth_user_id"]


@pytest.mark.parametrize("language", ["ko", "ru", "en"])
def test_password_is_reset_by_the_link_in_the_mail(client, language):
    user = UserFactory(email="park@example.org", language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client.post(reverse("account_reset_password"), {"email": user.email})
    (line,) = [line for line in mail.outbox[0].body.splitlines() if "/password/reset/" in line]
    page = client.get(line.removeprefix("http://testserver"), follow=True)
    new = "left-giraffe-9"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert client.login(email=user.email, password=new)


@pytest.mark.parametrize(("demo_mode", "count"), [(False, 0), (True, 1)])
def test_signup_with_a_demo_address_is_possible_in_local_mode_only(client, settings, demo_mode, count):
    """Otherwise any stranger could keep the portal from starting again."""
    settings.DEMO_MODE = demo_mode
    _sign_up(client, email="SME@demo.example")
    assert User.objects.count() == count


@pytest.mark.parametrize("name", ["Win http://evil.example", "www.evil.example", "a@b.example"])
def test_signup_name_carries_no_message_to_strangers(client, name):
    response = _sign_up(client, full_name=name)
    assert list(response.context["form"].errors) == ["full_name"]
    assert mail.outbox == []


def test_signup_name_stays_on_its_line(client):
    _sign_up(client, full_name="당첨!\r\n받기\u202e\u200b")
    assert User.objects.get().full_name == "당첨! 받기"


def test_signup_allows_real_names(client):
    _sign_up(client, full_name="J. R. O’Neill-Ким (김하나)")
    assert User.objects.get().full_name == "J. R. O’Neill-Ким (김하나)"
