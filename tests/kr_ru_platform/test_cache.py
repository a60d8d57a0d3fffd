import pytest
from django.urls import reverse

from kr_ru_platform.cache import ForgivingRedisCache
from tests.factories.user import PASSWORD, UserFactory


def _unreachable() -> ForgivingRedisCache:
    return ForgivingRedisCache("redis://127.0.0.1:9/0", {"OPTIONS": {"socket_connect_timeout": 1}})


def test_cache_without_its_server_forgets_everything_and_fails_nobody() -> None:
    cache = _unreachable()
    assert (cache.set("a", 1), cache.get("a", "nothing"), cache.add("a", 1), cache.delete("a")) == (
        None,
        "nothing",
        True,
        False,
    )


@pytest.mark.django_db
def test_log_in_works_while_the_cache_is_down(client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "5/m/ip", "login_failed": "5/m/key"}
    settings.CACHES = {
        "default": {"BACKEND": "kr_ru_platform.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:9/0"}
    }
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("workspace"))
