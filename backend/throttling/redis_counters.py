"""The counters in Redis, which forgets each of them in its time."""

import redis

# A Redis that hangs must not hang a sign-in.
_SECONDS = 1
_PREFIX = "yew-auth:count:"


class RedisCounters:
    def __init__(self, url: str):
        self._redis = redis.Redis.from_url(
            url, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS
        )

    def add(self, key: str, seconds: int) -> tuple[int, float]:
        with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.set(_PREFIX + key, 0, ex=seconds, nx=True)
            pipeline.incr(_PREFIX + key)
            pipeline.pttl(_PREFIX + key)
            _, number, milliseconds = pipeline.execute()
        return number, max(milliseconds, 0) / 1000

    def read(self, key: str) -> tuple[int, float]:
        with self._redis.pipeline(transaction=True) as pipeline:
            pipeline.get(_PREFIX + key)
            pipeline.pttl(_PREFIX + key)
            number, milliseconds = pipeline.execute()
        return int(number or 0), max(milliseconds, 0) / 1000

    def drop(self, key: str) -> None:
        self._redis.delete(_PREFIX + key)

    def ping(self) -> None:
        self._redis.ping()
