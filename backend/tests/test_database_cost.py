"""What a request costs the database, and that its cost does not grow with the tables."""

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from posts.bundled import add_bundled_posts
from tests.conftest import PASSWORD

on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL"
)

_PLANNED = ("SELECT", "UPDATE", "DELETE")


def statements_of(request) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        answer = request()
    assert answer.status_code in (200, 304), answer.content
    return [query["sql"] for query in queries.captured_queries]


def plan_of(statement: str) -> str:
    """How PostgreSQL carries it out if it reads a whole table only where it has no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        # As text: a `%` in the statement stands for itself.
        cursor.execute(f"EXPLAIN {statement}", None)
        return "\n".join(line for (line,) in cursor.fetchall())


def assert_reads_no_table_whole(statements: list[str]) -> None:
    planned = [statement for statement in statements if statement.startswith(_PLANNED)]
    assert planned
    for statement in planned:
        plan = plan_of(statement)
        assert "Seq Scan" not in plan, f"{statement}\n{plan}"


@pytest.fixture
def poll(api, ada):
    """A poll that ends in a 304."""
    add_bundled_posts()
    token = api.sign_in()["access"]
    etag = api.fetch("posts/", token).headers["ETag"]
    return lambda: api.fetch("posts/", token, **{"If-None-Match": etag})


@pytest.mark.django_db
def test_a_poll_that_ends_in_a_304_costs_one_query(poll, django_assert_num_queries):
    with django_assert_num_queries(1):  # session, user and revision
        assert poll().status_code == 304


@on_postgresql
@pytest.mark.django_db
def test_what_each_poll_asks_is_planned_once_for_a_connection(poll):
    for _ in range(6):
        assert poll().status_code == 304
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        prepared = [statement for (statement,) in cursor.fetchall()]
    assert [statement for statement in prepared if "posts_revision" in statement]


@on_postgresql
@pytest.mark.django_db
def test_a_poll_reads_no_table_whole(poll):
    assert_reads_no_table_whole(statements_of(poll))


@on_postgresql
@pytest.mark.django_db
def test_a_refresh_reads_no_table_whole(api, ada):
    token = api.sign_in()["refresh"]
    assert_reads_no_table_whole(statements_of(lambda: api.refresh(token)))


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("identifier", ["ada", "ADA", "ada@example.test", "Ada@Example.test"])
def test_a_sign_in_reads_no_table_whole(api, ada, identifier):
    login = {"username": identifier, "password": PASSWORD}
    assert_reads_no_table_whole(statements_of(lambda: api.send("auth/login/", login)))


@on_postgresql
@pytest.mark.django_db
def test_a_sign_in_opens_no_cursor_on_the_server(api, ada):
    """PgBouncer may give each statement another connection of the server."""
    login = {"username": "ada", "password": PASSWORD}
    statements = statements_of(lambda: api.send("auth/login/", login))
    assert not [statement for statement in statements if "CURSOR" in statement]


@pytest.fixture
def observer():
    """A second connection."""
    other = connections["default"].copy()
    yield lambda statement, *values: _one_value(other, statement, values)
    other.close()


def _one_value(other, statement: str, values):
    with other.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def pid() -> int:
    return _one_value(connection, "SELECT pg_backend_pid()", ())


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_kept_connection_is_checked_without_a_query(observer):
    process = pid()
    assert connection.is_usable()
    last = observer("SELECT query FROM pg_stat_activity WHERE pid = %s", process)
    assert "pg_backend_pid" in last


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_has_ended_is_replaced(observer):
    process = pid()
    assert observer("SELECT pg_terminate_backend(%s, 10000)", process)
    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False
    assert pid() != process
