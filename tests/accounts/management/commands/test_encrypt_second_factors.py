import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import call_command

from accounts.signing_in import factor_secrets
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "old " * 10, "new " * 10


def is_read(secret):
    return factor_secrets.decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret


def test_keys_are_rotated(settings, capsys):
    secret = generate_totp_secret()
    TOTP.activate(UserFactory(), secret)
    # From the portal's own key to one of its own, then to a newer one, then the old ones are forgotten.
    settings.SECOND_FACTOR_KEYS = [OLD]
    assert is_read(secret)
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]
    call_command("encrypt_second_factors")
    settings.SECOND_FACTOR_KEYS, settings.SECRET_KEY = [NEW], "another"
    assert is_read(secret)
    assert capsys.readouterr().out == "1 second factors encrypted with the newest key.\n"
