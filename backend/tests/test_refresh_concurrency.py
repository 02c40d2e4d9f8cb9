"""Real threads, real connections, real locks: SQLite's, or PostgreSQL's by DATABASE_URL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.over_both_transports]

THREADS = 50


def all_at_once(call, count: int) -> list:
    start = Barrier(count, timeout=60)

    def run(index: int):
        try:
            start.wait()
            return call(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_s9_fifty_refreshes_of_one_token_have_one_successor(api, ada):
    token = api.sign_in()["refresh"]
    answers = all_at_once(lambda _: type(api)().refresh(token), THREADS)
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh"] for answer in answers}) == 1
    assert len({answer.json()["access"] for answer in answers}) == THREADS


def test_s9_the_one_successor_is_good_after_the_race(api, ada):
    token = api.sign_in()["refresh"]
    for count in (8, 8, 1, 8, 8):  # a generation without a replay between them
        answers = all_at_once(lambda _, token=token: type(api)().refresh(token), count)
        [token] = {answer.json()["refresh"] for answer in answers}
    assert api.refresh(token).status_code == 200


def test_s9_a_sign_out_amid_refreshes_is_the_last_word(api, ada):
    token = api.sign_in()["refresh"]

    def refresh_or_sign_out(index: int):
        if index == 0:
            return type(api)().send("auth/logout/", {"refresh": token})
        return type(api)().refresh(token)

    answers = all_at_once(refresh_or_sign_out, 20)
    assert answers[0].status_code == 200
    for answer in answers[1:]:
        assert answer.status_code in (200, 401)
        if answer.status_code == 200:
            assert api.refresh(answer.json()["refresh"]).status_code == 401


@pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL names no PostgreSQL")
def test_s9_postgresql_locks_the_familys_row(api, ada, django_assert_num_queries):
    token = api.sign_in()["refresh"]
    with django_assert_num_queries(4) as queries:  # begin, lock, update, commit
        api.refreshed(token)
    assert "FOR UPDATE" in " ".join(query["sql"] for query in queries.captured_queries)
