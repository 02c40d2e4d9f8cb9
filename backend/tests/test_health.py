"""What a load balancer asks."""

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from config.health import HealthMiddleware
from tests.test_counters import needs_redis

# Not one of ALLOWED_HOSTS: a load balancer asks by address.
ANY_HOST = {"headers": {"host": "10.0.0.7:8000"}}


def readiness(client) -> tuple[int, dict]:
    answer = client.get("/readyz", **ANY_HOST)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


def test_a_process_that_answers_is_healthy_even_without_its_database(client):
    answer = client.get("/healthz", **ANY_HOST)
    assert (answer.status_code, answer.json()) == (200, {"process": "ok"})


@pytest.mark.django_db
def test_a_server_with_its_database_and_all_migrations_is_ready(client):
    assert readiness(client) == (200, {"database": "ok", "migrations": "ok", "cache": "none"})


@pytest.mark.django_db
def test_a_server_that_waits_for_a_migration_is_not_ready_and_then_is(rf):
    middleware = HealthMiddleware(get_response=None)
    applied = MigrationRecorder(connection).migration_qs.filter(app="posts")
    last = applied.latest("name")
    applied.filter(pk=last.pk).update(name="0099_later")
    answer = middleware(rf.get("/readyz"))
    assert answer.status_code == 503
    assert b'"migrations": "failed"' in answer.content
    applied.filter(pk=last.pk).update(name=last.name)
    assert middleware(rf.get("/readyz")).status_code == 200


@pytest.mark.django_db
def test_a_server_without_its_database_is_not_ready(client, monkeypatch):
    def gone():
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("config.health._database", gone)
    assert readiness(client) == (
        503,
        {"database": "failed", "migrations": "failed", "cache": "none"},
    )


@pytest.mark.django_db
def test_a_cache_that_is_gone_is_told_and_keeps_nobody_out(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert readiness(client) == (200, {"database": "ok", "migrations": "ok", "cache": "failed"})


@needs_redis
@pytest.mark.django_db
def test_a_cache_that_answers_is_told(client, settings):
    settings.REDIS_URL = django_settings.TEST_REDIS_URL
    assert readiness(client)[1]["cache"] == "ok"


@pytest.mark.django_db
def test_nothing_else_is_answered_for_another_host():
    assert Client().get("/api/posts/", **ANY_HOST).status_code == 400
