import pytest
from django.core.cache import cache
from django.test import Client

from tests.services import Broker


def test_cache_without_its_server_forgets_but_works(broker: Broker) -> None:
    cache.set("key", 1)
    broker.stop()
    cache.set("other", 1)
    assert (cache.get("key", "nothing"), cache.get_many(["key"]), cache.add("key", 2), "key" in cache) == (
        "nothing",
        {},
        True,
        False,
    )
    broker.start()
    assert (cache.get("key"), cache.get("other")) == (1, None)


@pytest.mark.django_db
def test_login_works_while_the_broker_is_down(client: Client, broker: Broker, settings) -> None:
    # With the limits that protect it, which count in the cache.
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key", "login": "30/m/ip"}
    broker.stop()
    answer = client.post("/accounts/login/", {"login": "nobody@example.org", "password": "wrong"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
