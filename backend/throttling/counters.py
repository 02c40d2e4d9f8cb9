"""Counters that end by themselves, the same for all processes and hosts."""

import logging
import time
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Protocol

import redis
from django.conf import settings

from .database_counters import DatabaseCounters
from .redis_counters import RedisCounters

logger = logging.getLogger(__name__)

# A sign-in asks for several counts. Of a Redis that hangs, one of them waits in so many seconds.
_PAUSE = 5.0
_left_alone_until: dict[str, float] = {}


@dataclass(frozen=True)
class Count:
    """`number` counts what has happened; nothing is left of it in `seconds_left`."""

    number: int
    seconds_left: float


class Counters(Protocol):
    def add(self, key: str, seconds: int) -> tuple[int, float]:
        """Count one more. The first opens a window of so many seconds."""

    def read(self, key: str) -> tuple[int, float]:
        """What `add` has answered last; zero once the window is over."""

    def drop(self, key: str) -> None:
        """Forget the count."""


def add(subject: str, seconds: int) -> Count:
    return Count(*_asked("add", _key(subject), seconds))


def read(subject: str) -> Count:
    return Count(*_asked("read", _key(subject)))


def drop(subject: str) -> None:
    _asked("drop", _key(subject))


def redis_answers() -> bool:
    try:
        _redis(settings.REDIS_URL).ping()
    except redis.RedisError:
        return False
    return True


def _key(subject: str) -> str:
    """Of one length whatever a request says, and telling nothing to who reads the store."""
    return sha256(f"{settings.SECRET_KEY}:{subject}".encode("utf-8", "surrogatepass")).hexdigest()


def _asked(method: str, *arguments):
    """Redis if it is there. Without it the database goes on counting, if slower: a limit
    that a failure switches off would be worth causing it."""
    url = settings.REDIS_URL
    if url and time.monotonic() >= _left_alone_until.get(url, 0.0):
        try:
            return getattr(_redis(url), method)(*arguments)
        except redis.RedisError as error:
            _left_alone_until[url] = time.monotonic() + _PAUSE
            logger.error("Redis does not answer, the database counts instead: %s", error)
    return getattr(DatabaseCounters(), method)(*arguments)


@cache
def _redis(url: str) -> RedisCounters:
    return RedisCounters(url)
