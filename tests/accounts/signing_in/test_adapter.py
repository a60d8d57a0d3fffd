import re

import pytest
from django.core import mail
from django.urls import reverse

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
