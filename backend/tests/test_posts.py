import gzip
import json

import pytest
import requests
from django.db import connection
from django.db.models import Max
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from posts.bundled import add_bundled_posts
from posts.models import Post, Revision
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(api, ada) -> str:
    add_bundled_posts()
    return api.sign_in()["access"]


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_hundred_posts_are_a_bare_array(api, token):
    answer = api.fetch("posts/", token)
    assert answer.status_code == 200
    assert len(answer.json()) == 100
    assert set(answer.json()[0]) == {"userId", "id", "title", "body"}
    assert [post["id"] for post in answer.json()] == list(range(1, 101))


def test_posts_are_for_the_signed_in(api, db):
    assert api.fetch("posts/").status_code == 401


def test_the_same_posts_are_304_and_empty(api, token):
    etag = api.fetch("posts/", token).headers["ETag"]
    answer = api.fetch("posts/", token, **{"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag


def test_an_etag_does_not_stand_in_for_a_sign_in(api, token):
    etag = api.fetch("posts/", token).headers["ETag"]
    assert api.fetch("posts/", **{"If-None-Match": etag}).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda: Post.objects.create(user_id=1, title="new", body="new"),
        lambda: Post.objects.filter(id=7).update(title="edited"),
        lambda: Post.objects.filter(id=7).delete(),
        lambda: Post.objects.bulk_create([Post(user_id=1, title="new", body="new")]),
        lambda: Post.objects.all().delete(),
        lambda: execute("UPDATE posts_post SET title = 'edited' WHERE id = 7"),
        lambda: execute("DELETE FROM posts_post"),
    ],
    ids=["create", "update", "delete", "bulk_create", "delete_all", "sql_update", "sql_delete"],
)
def test_a_change_shows_at_the_next_poll(api, token, change):
    before = api.fetch("posts/", token)
    change()
    after = api.fetch("posts/", token, **{"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.json() != before.json()


def queries_of_a_poll(api, token, etag: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert api.fetch("posts/", token, **{"If-None-Match": etag}).status_code == 304
    return [query["sql"] for query in queries]


def test_an_unchanged_list_costs_no_look_at_the_posts(api, token):
    etag = api.fetch("posts/", token).headers["ETag"]
    queries = queries_of_a_poll(api, token, etag)
    assert [query for query in queries if "posts_revision" in query]
    assert not [query for query in queries if "posts_post" in query]


def test_a_revision_never_comes_again(api, token):
    """As a count would after a backup was restored, for other posts than before."""
    revisions = [Revision.current()]
    for title in ("one", "two", "one"):
        Post.objects.filter(id=7).update(title=title)
        revisions.append(Revision.current())
    assert len(set(revisions)) == 4
    assert all(len(revision) == 32 for revision in revisions)


def test_a_list_without_posts_has_an_etag_too(api, ada):
    answer = api.fetch("posts/", api.sign_in()["access"])
    assert (answer.status_code, answer.json()) == (200, [])
    assert answer.headers["ETag"]


def test_the_list_is_compressed_for_who_takes_it_and_304_all_the_same(api, token):
    plain = api.fetch("posts/", token)
    answer = api.fetch("posts/", token, **{"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.content) == plain.content
    assert len(answer.content) < len(plain.content) / 2
    again = {"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]}
    assert api.fetch("posts/", token, **again).status_code == 304


def test_no_answer_that_may_hold_a_token_is_compressed(api, ada):
    User.objects.filter(pk=ada.pk).update(first_name="A" * 150, last_name="B" * 150)
    body = {"username": "ada", "password": PASSWORD}
    answer = api.send("auth/login/", body, **{"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert len(answer.content) > 500
    assert "Content-Encoding" not in answer.headers


def test_posts_may_be_kept_by_the_browser_alone_and_never_unasked(api, token):
    assert api.fetch("posts/", token).headers["Cache-Control"] == "private, no-cache"


def test_too_many_polls_are_429_with_retry_after(api, token, clock, limit):
    limit("posts", 1)
    token = api.sign_in()["access"]
    assert [api.fetch("posts/", token).status_code for _ in range(2)] == [200, 429]
    assert api.fetch("posts/", token).headers["Retry-After"] == "60"


def upstream_answers(monkeypatch, settings, status: int, body: bytes):
    class Service(requests.adapters.BaseAdapter):
        def send(self, request, **options):
            assert request.url == settings.POSTS_UPSTREAM_URL
            response = requests.Response()
            response.status_code, response._content = status, body
            response.request, response.url = request, request.url
            return response

        def close(self):
            pass

    settings.POSTS_UPSTREAM_URL = "http://posts.test/posts"
    monkeypatch.setattr("outbound.session.BoundedSession.get_adapter", lambda *_, **__: Service())


def test_an_upstream_service_replaces_the_database(api, token, monkeypatch, settings):
    posts = [{"userId": 3, "id": 5, "title": "t", "body": " b\n"}]
    upstream_answers(monkeypatch, settings, 200, json.dumps(posts).encode())
    assert api.fetch("posts/", token).json() == posts


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, b"[]"), (200, b"<html>"), (200, b'{"detail": "no"}'), (200, b'[{"id": 1}]'), (200, b"")],
)
def test_an_upstream_that_fails_is_502(api, token, monkeypatch, settings, status, body):
    upstream_answers(monkeypatch, settings, status, body)
    answer = api.fetch("posts/", token)
    assert (answer.status_code, answer.json()["detail"]) == (
        502,
        "The posts service did not answer.",
    )


def test_an_upstream_that_is_down_is_502(api, token, settings):
    settings.POSTS_UPSTREAM_URL = "http://127.0.0.1:1/posts"
    assert api.fetch("posts/", token).status_code == 502


def test_adding_the_bundled_posts_again_keeps_edits_and_the_next_id_is_free(api, token):
    Post.objects.filter(id=1).update(title="edited")
    Post.objects.filter(id=2).delete()
    assert add_bundled_posts() == 1
    assert Post.objects.get(id=1).title == "edited"
    assert Post.objects.create(user_id=1, title="", body="").id > 100
    assert Post.objects.aggregate(Max("id"))["id__max"] == 101
