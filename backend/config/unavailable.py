"""A database that does not answer is a passing trouble: 503 with a time, not 500."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import JsonResponse

logger = logging.getLogger(__name__)

# A restart of PostgreSQL takes about as long.
_SECONDS = 5


class UnavailableMiddleware:
    """Clients and proxies know what to do with a 503: to come back. A 500 tells of a bug."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        # The connection could not be made, or was cut: see PEP 249.
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        logger.error("the database does not answer: %s", exception)
        detail = {"detail": "The server cannot answer at the moment.", "code": "unavailable"}
        return JsonResponse(detail, status=503, headers={"Retry-After": str(_SECONDS)})
