import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, override

from accounts.signing_in.adapter import AccountAdapter
from tests.factories.user import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def sent_links():
    return {
        link.partition("/accounts/")[0] for message in mail.outbox for link in re.findall(r"https?://\S+", message.body)
    }


@pytest.mark.parametrize("host", ["evil.portal.example.org", "portal.example.org:1", "PORTAL.example.org"])
def test_links_in_mails_never_take_the_host_that_a_request_names(client, settings, host):
    """Somebody else asks for a new password of mine under a host of their own, and I click."""
    settings.ALLOWED_HOSTS = [".portal.example.org"]
    settings.PUBLIC_BASE_URL = "https://portal.example.org"
    known = UserFactory(email="known@example.org")
    known.emailaddress_set.create(email=known.email, verified=True, primary=True)
    headers = {"host": host, "x-forwarded-host": "evil.example"}
    sign_up = {"password1": PASSWORD, "password2": PASSWORD, "full_name": "홍길동", "has_consented": "on"}
    for email in ("known@example.org", "unknown@example.org"):
        client.post(reverse("account_reset_password"), {"email": email}, headers=headers)
        client.post(reverse("account_signup"), {"email": email, **sign_up}, headers=headers)
        client.logout()
    assert len(mail.outbox) == 4
    assert sent_links() == {"https://portal.example.org"}
    assert not [message.body for message in mail.outbox if "evil" in message.body]


@pytest.mark.parametrize(("is_demo", "is_taken"), [(True, True), (False, False)])
def test_demo_address_is_taken_in_local_mode_only(settings, is_demo, is_taken):
    settings.DEMO_MODE = is_demo
    if is_taken:
        assert AccountAdapter().clean_email("SME@Demo.Example") == "sme@demo.example"
        return
    with pytest.raises(ValidationError) as refused:
        AccountAdapter().clean_email("SME@Demo.Example")
    assert refused.value.code == "invalid"


def test_mail_is_in_the_language_of_its_reader_and_to_a_stranger_in_that_of_the_page(client):
    """Whoever signs up with an address of somebody who is here already, also a second one, writes to that person."""
    russian = UserFactory(email="known@example.org", language="ru")
    russian.emailaddress_set.create(email=russian.email, verified=True, primary=True)
    russian.emailaddress_set.create(email="second@example.org", verified=True)
    sign_up = {"password1": PASSWORD, "password2": PASSWORD, "full_name": "홍길동", "has_consented": "on"}
    for name in ("known", "second", "stranger"):
        typed = {"email": f"{name}@example.org", **sign_up}
        client.post(reverse("account_signup"), typed, headers={"accept-language": "en"})
        client.logout()
    with override("ru"):
        in_russian = f"[{gettext('Korea–Russia Technology Matching')}]"
    assert [(message.to, message.subject.partition("]")[0] + "]") for message in mail.outbox] == [
        (["known@example.org"], in_russian),
        (["second@example.org"], in_russian),
        (["stranger@example.org"], "[Korea–Russia Technology Matching]"),
    ]
