"""Counters that several processes share, in either store."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection

from throttling import counters

needs_redis = pytest.mark.skipif(
    not django_settings.TEST_REDIS_URL, reason="REDIS_URL names no Redis"
)


@pytest.fixture(params=["database", pytest.param("redis", marks=needs_redis)])
def store(request, settings) -> str:
    if request.param == "redis":
        settings.REDIS_URL = django_settings.TEST_REDIS_URL
    return request.param


@pytest.fixture(autouse=True)
def _no_redis_is_left_alone(monkeypatch):
    monkeypatch.setattr(counters, "_left_alone_until", {})


@pytest.fixture
def subject() -> str:
    """A Redis may be anybody's: each test counts something of its own."""
    return f"test {uuid4()}"


@pytest.mark.django_db
def test_a_count_goes_up_within_its_window(store, subject):
    assert [counters.add(subject, 60).number for _ in range(3)] == [1, 2, 3]
    assert counters.read(subject).number == 3
    for count in (counters.add(subject, 60), counters.read(subject)):
        assert 0 < count.seconds_left <= 60


@pytest.mark.django_db
def test_what_is_counted_later_does_not_move_the_end(store, subject):
    counters.add(subject, 60)
    assert counters.add(subject, 6000).seconds_left <= 60


@pytest.mark.django_db
def test_each_subject_has_a_count_of_its_own(store, subject):
    counters.add(subject, 60)
    assert counters.add(f"{subject} too", 60).number == 1


@pytest.mark.django_db
def test_nothing_has_happened_before_the_first_and_after_a_drop(store, subject):
    assert counters.read(subject) == counters.Count(0, 0.0)
    counters.add(subject, 60)
    counters.drop(subject)
    assert counters.read(subject) == counters.Count(0, 0.0)
    assert counters.add(subject, 60).number == 1


@pytest.mark.django_db(transaction=True)
def test_none_of_many_at_once_is_lost(store, subject):
    def add(_) -> int:
        try:
            return counters.add(subject, 60).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(add, range(40)))
    assert sorted(numbers) == list(range(1, 41))


@pytest.mark.django_db
@pytest.mark.parametrize("subject", ["", "x" * 100_000, "\0", "\ud800", "ä\n'\""])
def test_whatever_somebody_types_can_be_counted(store, subject):
    assert counters.add(subject, 60).number >= 1


@pytest.mark.django_db
def test_the_database_counts_when_redis_is_gone(settings, caplog, api, ada, limit):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    limit("sign_in", 1)
    assert api.sign_in()
    wrong = {"username": "ada", "password": "wrong"}
    assert api.send("auth/login/", wrong).status_code == 429
    assert "Redis does not answer" in caplog.text


@pytest.mark.django_db
def test_a_redis_that_hangs_is_waited_for_once_and_asked_again_later(
    settings, monkeypatch, subject
):
    asked = []

    class HangingRedis:
        def add(self, *arguments):
            asked.append(arguments)
            raise redis.TimeoutError("Timeout reading from socket")

    settings.REDIS_URL = "redis://hangs.example.org"
    monkeypatch.setattr(counters, "_redis", lambda _: HangingRedis())
    assert [counters.add(subject, 60).number for _ in range(3)] == [1, 2, 3]
    assert len(asked) == 1
    end = counters._left_alone_until[settings.REDIS_URL]
    monkeypatch.setattr(counters.time, "monotonic", lambda: end)
    assert counters.add(subject, 60).number == 4
    assert len(asked) == 2
