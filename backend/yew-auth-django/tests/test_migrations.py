"""A database of before: its sessions go on, and are bound to the password of today."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from yew_auth_django.models import RefreshFamily

BEFORE = [("refresh_families", "0001_initial")]
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def families_of_before(transactional_db):
    """The model as it was, in a database as it was."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield (
        executor.loader.project_state(BEFORE)
        .apps.get_model("refresh_families", "RefreshFamily")
        .objects
    )
    MigrationExecutor(connection).migrate(latest)


def migrate() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def open_session(families, user, **fields):
    return families.create(
        id=uuid4(),
        user_id=user.pk,
        opened_at=LATER,
        ends_at=LATER,
        current=uuid4(),
        current_issued_at=LATER,
        current_expires_at=LATER,
        **fields,
    )


def test_sessions_of_before_go_on_until_the_password_is_another(families_of_before):
    ada = User.objects.create_user("ada", password="correct horse battery")
    opened = open_session(families_of_before, ada)
    migrate()
    family = RefreshFamily.objects.get(pk=opened.pk)
    assert family.is_alive()
    User.objects.update(password=make_password("another"))
    assert not RefreshFamily.objects.get(pk=opened.pk).is_alive()


def test_more_sessions_than_a_batch_are_bound(families_of_before, monkeypatch):
    migration = "yew_auth_django.migrations.0003_fill_fingerprints.BATCH"
    monkeypatch.setattr(migration, 2)
    ada = User.objects.create_user("ada", password="correct horse battery")
    for _ in range(5):
        open_session(families_of_before, ada)
    migrate()
    assert not RefreshFamily.objects.filter(password_fingerprint="").exists()
    assert RefreshFamily.objects.count() == 5


def test_a_server_of_before_can_still_open_sessions(families_of_before):
    """During a rolling upgrade: it knows nothing of the new columns."""
    ada = User.objects.create_user("ada", password="correct horse battery")
    migrate()
    opened = open_session(families_of_before, ada)
    assert RefreshFamily.objects.get(pk=opened.pk).is_alive()
