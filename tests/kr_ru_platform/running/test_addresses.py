import pytest
from django.core.cache import cache

from kr_ru_platform.running.addresses import cache_address


@pytest.mark.parametrize(
    ("broker", "expected"),
    [
        ("redis+socket:///data/run/valkey.sock?virtual_host=0", "unix:///data/run/valkey.sock?db=1"),
        ("redis+socket:///data/run/valkey.sock", "unix:///data/run/valkey.sock?db=1"),
        ("redis://valkey:6379/0", "redis://valkey:6379/1"),
        ("redis://:secret@valkey", "redis://:secret@valkey/1"),
        ("rediss://valkey:6380/4?ssl_cert_reqs=required", "rediss://valkey:6380/5?ssl_cert_reqs=required"),
    ],
)
def test_cache_uses_the_database_after_the_brokers(broker: str, expected: str) -> None:
    assert cache_address(broker) == expected


def test_clearing_the_cache_leaves_the_queue(db: None) -> None:
    from kr_ru_platform.celery import app

    with app.connection_for_write() as connection:
        client = connection.default_channel.client
        client.set("kept", "1")
        cache.set("gone", 1)
        cache.clear()
        assert (client.get("kept"), cache.get("gone")) == (b"1", None)
        client.delete("kept")
