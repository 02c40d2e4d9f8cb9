"""Writers of posts at the same time: real transactions, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from posts.bundled import add_bundled_posts
from posts.models import Post, Revision

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL"
    ),
]


@pytest.fixture
def another_writer():
    """A thread with a connection of its own."""
    with ThreadPoolExecutor(1) as thread:
        yield thread
        thread.submit(connections.close_all).result()


def edit(post: int) -> None:
    Post.objects.filter(id=post).update(title="edited")


def value_of(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()[0]


def test_writers_of_several_posts_never_deadlock(another_writer):
    """Who waits for the revision holds no post that somebody else may want."""
    add_bundled_posts()
    process = another_writer.submit(value_of, "SELECT pg_backend_pid()").result()
    with transaction.atomic():
        edit(1)
        waiting = another_writer.submit(edit, 2)
        while not value_of("SELECT cardinality(pg_blocking_pids(%s)) > 0", process):
            assert not waiting.done()
        edit(2)
    waiting.result(timeout=60)


def test_posts_and_their_revision_become_visible_together(another_writer):
    add_bundled_posts()
    before = Revision.current()
    with transaction.atomic():
        edit(1)
        assert another_writer.submit(Revision.current).result() == before
        title = another_writer.submit(lambda: Post.objects.get(id=1).title).result()
        assert title != "edited"
    assert Revision.current() != before
    assert Post.objects.get(id=1).title == "edited"
