import json
import time
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.apps import apps

from accounts.signing_in import factor_secrets
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret():
    return generate_totp_secret()


def is_accepted(secret):
    row = Authenticator.objects.get(type="totp")
    return row.wrap().validate_code(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def stored():
    return json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_neither_secret_nor_recovery_codes_can_be_read_from_the_database(secret):
    user = UserFactory()
    TOTP.activate(user, secret)
    codes = RecoveryCodes.activate(user)
    assert secret not in stored()
    seed = factor_secrets.decrypt(codes.instance.data["seed"])
    assert seed not in stored()
    assert is_accepted(secret)
    assert codes.validate_code(codes.get_unused_codes()[0])


def test_rows_in_clear_are_encrypted_by_the_migration(secret):
    user = UserFactory()
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"migrated_codes": ["12345678"]})
    import_module("accounts.migrations.0004_encrypt_second_factors").encrypt(apps, None)
    assert secret not in stored() and "12345678" not in stored()
    assert is_accepted(secret)
    assert Authenticator.objects.get(type="recovery_codes").wrap().validate_code("12345678")


def test_an_older_release_finds_secrets_in_clear_again(secret):
    user = UserFactory()
    clear = [{"secret": secret}, {"migrated_codes": ["12345678"]}]
    Authenticator.objects.create(user=user, type="totp", data=clear[0])
    Authenticator.objects.create(user=user, type="recovery_codes", data=clear[1])
    migration = import_module("accounts.migrations.0004_encrypt_second_factors")
    migration.encrypt(apps, None)
    migration.write_in_clear(apps, None)
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == clear


def test_a_lost_key_opens_nothing_and_is_not_encrypted_over(secret, settings, caplog):
    TOTP.activate(UserFactory(), secret)
    settings.SECRET_KEY = "another"
    assert not is_accepted(secret)
    assert "SECOND_FACTOR_KEYS" in caplog.text and secret not in caplog.text
    data = Authenticator.objects.get().data
    assert factor_secrets.encrypted_data(data) == data
