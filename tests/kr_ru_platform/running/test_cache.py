import pytest
from django.conf import settings as live_settings
from django.core.cache import cache, caches
from django.urls import reverse

from kr_ru_platform.models import LastingCacheRow
from kr_ru_platform.running.cache import ForgivingRedisCache
from tests.factories.user import PASSWORD, UserFactory


@pytest.fixture
def no_cache_server(settings) -> None:
    settings.CACHES = {
        **live_settings.CACHES,
        "default": {"BACKEND": "kr_ru_platform.running.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:9/0"},
    }


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


def _person():
    user = UserFactory()
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


@pytest.mark.django_db
def test_log_in_works_while_the_cache_is_down(client, settings, no_cache_server) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "5/m/ip", "login_failed": "5/m/key"}
    user = _person()
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("workspace"))


@pytest.mark.django_db
def test_attempts_to_log_in_are_limited_while_the_cache_is_down(client, settings, no_cache_server) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    user = _person()
    for _try in range(3):
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})
    response = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_page_of_a_limit_of_allauth_says_when_to_try_again(client, settings, no_cache_server) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    for _try in range(2):
        response = client.post(
            reverse("account_login"), {"login": "a@b.org", "password": "x"}, headers={"accept-language": "ko"}
        )
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    assert "5분 후에 다시 시도하세요." in response.content.decode()


@pytest.mark.django_db
def test_one_time_codes_are_remembered_in_the_database() -> None:
    key = "allauth.mfa.totp.used?user=1&code=123456"
    assert (cache.add(key, "y", timeout=30), cache.add(key, "y", timeout=30)) == (True, False)
    assert caches["lasting"].get(key) == "y"
    assert LastingCacheRow.objects.count() == 1
