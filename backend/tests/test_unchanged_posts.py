"""A poll that ends in a 304 does so ahead of the view, and tells nobody more than that would."""

import pytest
from django.db import OperationalError

from posts.bundled import add_bundled_posts
from posts.unchanged import UnchangedPostsMiddleware
from posts.views import PostListView
from yew_auth_django.models import RefreshFamily

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


@pytest.fixture
def session(api, ada) -> dict:
    add_bundled_posts()
    return api.sign_in()


@pytest.fixture
def poll(api, session):
    """Asks again with the ETag of the posts as they are."""
    etag = api.fetch("posts/", session["access"]).headers["ETag"]

    def ask(token=session["access"], **headers):
        return api.fetch("posts/", token, **{"If-None-Match": etag, **headers})

    return ask


@pytest.fixture
def begun(monkeypatch) -> list:
    """The requests for which the view was asked."""
    requests = []
    dispatch = PostListView.dispatch

    def note(view, request, *args, **kwargs):
        requests.append(request)
        return dispatch(view, request, *args, **kwargs)

    monkeypatch.setattr(PostListView, "dispatch", note)
    return requests


def test_the_view_is_not_asked(poll, begun):
    assert (poll().status_code, len(begun)) == (304, 0)


def test_the_304_is_the_one_that_the_view_would_send(poll, begun, monkeypatch):
    ahead = poll(Origin="http://127.0.0.1:8080")
    monkeypatch.setattr(UnchangedPostsMiddleware, "_unchanged", lambda *_: None)
    by_the_view = poll(Origin="http://127.0.0.1:8080")
    assert len(begun) == 1
    first, second = dict(ahead.headers), dict(by_the_view.headers)
    # Another one for each request; and the methods, which came with the posts.
    assert first.pop("X-Request-Id") != second.pop("X-Request-Id")
    assert second.pop("Allow") == "GET, HEAD, OPTIONS"
    assert first == second
    assert (ahead.status_code, ahead.content) == (by_the_view.status_code, by_the_view.content)


def test_a_session_that_was_revoked_is_refused_at_its_next_poll(api, session, poll):
    api.send("auth/logout/", {"refresh": session["refresh"]})
    assert poll().status_code == 401


def test_a_user_who_was_disabled_is_refused_at_the_next_poll(ada, poll):
    type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    assert poll().status_code == 401
    assert RefreshFamily.objects.get().revocation == "account_disabled"


def test_a_session_at_its_end_is_refused_at_its_next_poll(poll):
    family = RefreshFamily.objects.get()
    family.ends_at = family.opened_at
    family.save()
    assert poll().status_code == 401


def test_an_etag_without_a_token_or_with_a_wrong_one_is_refused(session, poll):
    assert poll(token=None).status_code == 401
    assert poll(token=session["refresh"]).status_code == 401


def test_the_log_names_who_has_polled(poll, caplog):
    caplog.set_level("INFO", logger="access")
    poll()
    assert caplog.records[-1].user == str(RefreshFamily.objects.get().user_id)


def test_a_limit_counts_each_poll_once(poll, limit):
    limit("posts", 2)
    assert [poll().status_code for _ in range(3)] == [304, 304, 429]


def test_a_database_that_does_not_answer_is_a_503_for_a_poll_too(poll, monkeypatch):
    def fail(*args):
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("yew_auth_django.family_lookup._ComposedQuery.one", fail)
    assert poll().status_code == 503


def test_another_method_is_the_views(api, session, poll, begun):
    assert api.send("posts/", {}, session["access"], **{"If-None-Match": "*"}).status_code == 405
    assert len(begun) == 1
