"""Mails are sent after the answer: a mail server that is slow or down holds up nobody, and
tells nobody by the time it takes whether an address is known."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings
from django.db import close_old_connections, transaction

from config.metrics import MAILS

logger = logging.getLogger(__name__)

# More than these wait only if the mail server does not keep up.
_LONGEST_QUEUE = 200
_room = BoundedSemaphore(_LONGEST_QUEUE)


def later(job: Callable, *arguments) -> None:
    """Do it in a thread of this process, once what is being written is written.

    A failure is logged. What a process has not sent is lost when it is killed: each of
    these mails can be asked for again.
    """
    if settings.MAIL_IN_BACKGROUND:
        transaction.on_commit(lambda: _submit(job, arguments))
    else:
        _run(job, arguments)


def _submit(job: Callable, arguments: tuple) -> None:
    if _room.acquire(blocking=False):
        _executor().submit(_run_and_leave, job, arguments)
    else:
        MAILS.labels("dropped").inc()
        logger.error("a mail is dropped: %d are waiting for the mail server", _LONGEST_QUEUE)


@cache
def _executor() -> ThreadPoolExecutor:
    """Made by the worker that needs it: threads do not survive a fork. Ending the process
    waits for what is queued, as long as gunicorn lets it."""
    return ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def _run_and_leave(job: Callable, arguments: tuple) -> None:
    try:
        close_old_connections()
        _run(job, arguments)
    finally:
        close_old_connections()
        _room.release()


def _run(job: Callable, arguments: tuple) -> None:
    try:
        job(*arguments)
        MAILS.labels("sent").inc()
    except Exception:
        MAILS.labels("failed").inc()
        logger.exception("a mail could not be sent")
