"""Whether the process lives, and whether it can serve.

- `/healthz`: 200 as long as the process answers. A process that does not is restarted.
- `/readyz`: 200 if the database answers and has all migrations, otherwise 503: requests go
  to another host meanwhile. A cache that is gone is told, and keeps nobody out, since the
  database then counts in its place.

Both are answered whatever name a request is for: a load balancer asks by address.
"""

import logging

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse

from throttling import counters

logger = logging.getLogger(__name__)

OK, FAILED = "ok", "failed"


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self.has_all_migrations = False

    def __call__(self, request):
        if request.path_info == "/healthz":
            return _answer({"process": OK}, 200)
        if request.path_info == "/readyz":
            return self._readiness()
        return self.get_response(request)

    def _readiness(self):
        found = {"database": FAILED, "migrations": FAILED, "cache": _cache()}
        try:
            found["database"] = _database()
            found["migrations"] = self._migrations()
        except Error as error:
            logger.error("not ready: %s", error)
        is_ready = found["database"] == found["migrations"] == OK
        return _answer(found, 200 if is_ready else 503)

    def _migrations(self) -> str:
        """Those that are there stay there: once is enough."""
        if not self.has_all_migrations:
            executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
            self.has_all_migrations = not missing
        return OK if self.has_all_migrations else FAILED


def _database() -> str:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return OK


def _cache() -> str:
    if not settings.REDIS_URL:
        return "none"
    return OK if counters.redis_answers() else FAILED


def _answer(content: dict, status: int) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
