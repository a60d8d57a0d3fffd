"""A cache whose server may be away: the portal then remembers less, but works."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Counters keep failing aloud: nobody should count on a number that is not there."""

    def _try(self, name: str, instead: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), name)(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer (%s): %s", name, error)
            return instead

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._try("get", default, key, default, version)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        return self._try("set", None, key, value, *args, **kwargs)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        return self._try("add", True, key, value, *args, **kwargs)

    def delete(self, key: Any, version: Any = None) -> Any:
        return self._try("delete", False, key, version)

    def has_key(self, key: Any, version: Any = None) -> Any:
        return self._try("has_key", False, key, version)

    def get_many(self, keys: Iterable[Any], version: Any = None) -> Any:
        return self._try("get_many", {}, keys, version)

    def set_many(self, data: Mapping[Any, Any], *args: Any, **kwargs: Any) -> Any:
        return self._try("set_many", list(data), data, *args, **kwargs)

    def delete_many(self, keys: Iterable[Any], version: Any = None) -> Any:
        return self._try("delete_many", None, keys, version)
