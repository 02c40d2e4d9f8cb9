"""At most a quarter of a worker's threads wait for other servers, and none for long."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore

from config.serving import THREADS

PLACES = max(1, THREADS // 4)
# For everything that one request asks of others.
DEADLINE = 5.0

_places = BoundedSemaphore(PLACES)
_deadline: ContextVar[float | None] = ContextVar("outbound_deadline", default=None)


class TooBusyError(Exception):
    """Enough threads wait for other servers already."""


@contextmanager
def outbound() -> Iterator[None]:
    """A place among those who may ask. Inside another one it is the same place."""
    if _deadline.get() is not None:
        yield
        return
    if not _places.acquire(blocking=False):
        raise TooBusyError
    token = _deadline.set(time.monotonic() + DEADLINE)
    try:
        yield
    finally:
        _deadline.reset(token)
        _places.release()


def seconds_left() -> float:
    """Until the deadline of the place that is taken."""
    end = _deadline.get()
    return DEADLINE if end is None else end - time.monotonic()
