"""Each request has an id and a line in the log."""

import logging
import re
import time
from uuid import uuid4

from django.conf import settings

from .client_address import client_address
from .log import CURRENT, RequestFacts

logger = logging.getLogger("access")

HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9_.-]{8,64}")


class RequestLogMiddleware:
    """The outermost that has to do with the app, so that nothing goes unlogged.

    Neither a query nor a body is logged: they may hold a code or a token.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.monotonic()
        facts = RequestFacts(request_id(request), client_address(request))
        token = CURRENT.set(facts)
        try:
            response = self.get_response(request)
            response.headers[HEADER] = facts.request_id
            logger.info(
                "%s %s %s",
                request.method,
                request.path,
                response.status_code,
                extra=_facts(request, response, time.monotonic() - started),
            )
            return response
        finally:
            CURRENT.reset(token)


def request_id(request) -> str:
    """The proxy's own, so that its log and ours can be laid side by side. Anybody else's
    could pose as another request."""
    given = request.headers.get(HEADER, "")
    if settings.NUM_PROXIES and _ID.fullmatch(given):
        return given
    return uuid4().hex


def _facts(request, response, seconds: float) -> dict:
    user = getattr(request, "user", None)
    return {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "user": str(user.pk) if user is not None and user.is_authenticated else None,
    }
