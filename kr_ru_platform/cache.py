"""The cache holds nothing that cannot be missed: when its server is down, pages work without it."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Log-in counts attempts in the cache; it must not fail because nobody can count."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(super().add, True, args, kwargs))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._try(super().get, default, (key, default, version), {})

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._try(super().set, None, args, kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._try(super().delete, False, args, kwargs))

    def _try(self, operation: Any, otherwise: Any, args: Any, kwargs: Any) -> Any:
        try:
            return operation(*args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("The cache did not answer: %s", error)
            return otherwise
