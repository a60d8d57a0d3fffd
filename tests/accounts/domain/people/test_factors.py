import pytest
from allauth.mfa.models import Authenticator

from accounts.domain.people.factors import encrypt_second_factors
from accounts.signing_in import factor_secrets
from tests.factories.user import UserFactory

pytestmark = pytest.mark.django_db
OLD, NEW = "old " * 10, "new " * 10


def test_encrypt_second_factors_writes_every_kind_of_row_with_the_newest_key(settings):
    settings.SECOND_FACTOR_KEYS = [OLD]
    user = UserFactory()
    Authenticator.objects.create(user=user, type="totp", data={"secret": factor_secrets.encrypt("A secret")})
    codes = {"seed": factor_secrets.encrypt("A seed"), "used_mask": 3}
    Authenticator.objects.create(user=user, type="recovery_codes", data=codes)
    settings.SECOND_FACTOR_KEYS = [NEW, OLD]
    assert encrypt_second_factors() == 2
    # Nothing is left that needs the older key.
    settings.SECOND_FACTOR_KEYS, settings.SECRET_KEY = [NEW], "another"
    app, recovery = Authenticator.objects.order_by("pk").values_list("data", flat=True)
    assert factor_secrets.decrypt(app["secret"]) == "A secret"
    assert (factor_secrets.decrypt(recovery["seed"]), recovery["used_mask"]) == ("A seed", 3)


def test_encrypt_second_factors_leaves_what_no_key_opens_as_it_is(settings):
    settings.SECOND_FACTOR_KEYS = [OLD]
    data = {"secret": factor_secrets.encrypt("A secret")}
    row = Authenticator.objects.create(user=UserFactory(), type="totp", data=data)
    settings.SECOND_FACTOR_KEYS = [NEW]
    assert encrypt_second_factors() == 1
    row.refresh_from_db()
    assert row.data == data
