import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from tests.factories.user import PASSWORD, create_staff

pytestmark = pytest.mark.django_db


def _code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_staff_set_up_an_app_and_then_need_its_code_or_a_recovery_code(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    staff = create_staff()
    staff.emailaddress_set.create(email=staff.email, verified=True, primary=True)
    log_in = {"login": staff.email, "password": PASSWORD}
    page = client.post(reverse("account_login"), log_in, follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate"))
    page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": "000000"}).context["form"].errors
    client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert client.get(reverse("workspace")).status_code == 200

    client.logout()
    assert client.post(reverse("account_login"), log_in).url == reverse("mfa_authenticate")
    assert client.get(reverse("workspace")).status_code == 302
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert client.post(reverse("mfa_authenticate"), {"code": recovery}).url == reverse("workspace")
    assert client.get(reverse("workspace")).status_code == 200
