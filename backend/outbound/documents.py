"""JSON documents of other servers, kept for a while."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import requests

from config.metrics import FETCHES

from .gate import outbound, seconds_left

logger = logging.getLogger(__name__)


class UnavailableError(Exception):
    """The server did not answer, or not with a document, and none is kept."""


@dataclass
class _Entry:
    lock: Lock = field(default_factory=Lock)
    document: Any = None
    fetched_at: float = float("-inf")
    failed_at: float = float("-inf")


class Documents:
    """Each is fetched by one thread at a time. One that is kept is better than none: it
    stands in while a newer one is fetched, and when that fails.

    `fresh`, `stale` and `retry` are seconds: within which a document is not asked for again,
    after which it stands in no longer, and between two tries after a failure.
    """

    def __init__(
        self,
        *,
        fresh: float,
        stale: float,
        retry: float,
        clock: Callable[[], float] = time.monotonic,
    ):
        self._fresh, self._stale, self._retry, self._clock = fresh, stale, retry, clock
        self._entries: dict[str, _Entry] = {}
        self._guard = Lock()

    def get(self, url: str, fetch: Callable[[str], Any], *, at_least: float | None = None) -> Any:
        """The document, fetched if there is none that is fresh.

        `at_least` asks for one that is not older than so many seconds instead. Raises
        UnavailableError, and TooBusyError where no thread may wait.
        """
        fresh = self._fresh if at_least is None else at_least
        with self._guard:
            entry = self._entries.setdefault(url, _Entry())
        if self._age(entry) < fresh:
            return entry.document
        if self._clock() - entry.failed_at < self._retry:
            return self._kept(entry, url)
        if self._age(entry) < self._stale and entry.lock.locked():
            return entry.document
        with outbound():
            return self._fetched(entry, url, fetch, fresh)

    def clear(self) -> None:
        with self._guard:
            self._entries = {}

    def _fetched(self, entry: _Entry, url: str, fetch: Callable[[str], Any], fresh: float) -> Any:
        if not entry.lock.acquire(timeout=max(seconds_left(), 0)):
            return self._kept(entry, url)
        try:
            if self._age(entry) < fresh:  # another thread has fetched it meanwhile
                return entry.document
            if self._clock() - entry.failed_at < self._retry:
                return self._kept(entry, url)
            entry.document = fetch(url)
            entry.fetched_at = self._clock()
            FETCHES.labels("ok").inc()
            return entry.document
        except (requests.RequestException, ValueError) as error:
            entry.failed_at = self._clock()
            FETCHES.labels("failed").inc()
            logger.warning("%s could not be fetched: %s: %s", url, type(error).__name__, error)
            return self._kept(entry, url)
        finally:
            entry.lock.release()

    def _age(self, entry: _Entry) -> float:
        return self._clock() - entry.fetched_at

    def _kept(self, entry: _Entry, url: str) -> Any:
        if self._age(entry) < self._stale:
            return entry.document
        raise UnavailableError(url)
