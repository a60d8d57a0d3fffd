"""The cache holds nothing that cannot be missed: when its server is down, pages work without it.

What must not be missed, attempts to log in and used one-time codes, goes into the database.
"""

import logging
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

# django-allauth knows one cache only, the default one: counts of attempts, and codes that were used.
LASTING = ("allauth:rl:", "allauth.mfa.")


class ForgivingRedisCache(RedisCache):
    """Pages must not fail because the cache does, nor may a limit end."""

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        if is_lasting(key):
            return bool(caches["lasting"].add(key, *args, **kwargs))
        return bool(self._try(super().add, True, (key, *args), kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        if is_lasting(key):
            return caches["lasting"].get(key, default, version)
        return self._try(super().get, default, (key, default, version), {})

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        if is_lasting(key):
            return caches["lasting"].set(key, *args, **kwargs)
        self._try(super().set, None, (key, *args), kwargs)

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        if is_lasting(key):
            return bool(caches["lasting"].delete(key, *args, **kwargs))
        return bool(self._try(super().delete, False, (key, *args), kwargs))

    def _try(self, operation: Any, otherwise: Any, args: Any, kwargs: Any) -> Any:
        try:
            return operation(*args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("The cache did not answer: %s", error)
            return otherwise


def is_lasting(key: Any) -> bool:
    return str(key).startswith(LASTING)
