"""Asking other servers: who waits, and how long."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
import requests

from config.serving import THREADS
from outbound import gate
from outbound.documents import Documents, UnavailableError
from outbound.gate import PLACES, TooBusyError, outbound
from outbound.session import BoundedSession
from tests.trickle import trickling_server


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def documents(clock) -> Documents:
    return Documents(fresh=600, stale=3600, retry=5, clock=clock)


class Source:
    """Counts how often it is asked, and fails when told to."""

    def __init__(self):
        self.asked = 0
        self.is_down = False

    def __call__(self, url: str) -> int:
        self.asked += 1
        if self.is_down:
            raise requests.ConnectionError
        return self.asked


def test_a_quarter_of_the_threads_may_ask_and_the_next_one_is_told_to_come_again():
    assert PLACES == THREADS // 4
    with outbound():

        def ask():
            with outbound():
                pass

        with ThreadPoolExecutor(1) as other, ThreadPoolExecutor(1) as third:
            held, release = Event(), Event()

            def hold():
                with outbound():
                    held.set()
                    assert release.wait(10)

            holding = other.submit(hold)
            assert held.wait(10)
            with pytest.raises(TooBusyError):
                third.submit(ask).result()
            release.set()
            holding.result()
            third.submit(ask).result()


def test_within_a_place_no_second_one_is_taken():
    with outbound(), outbound(), outbound():
        pass
    taken = [gate._places.acquire(blocking=False) for _ in range(PLACES)]
    assert all(taken)
    for _ in taken:
        gate._places.release()


def test_a_document_is_fetched_again_when_it_is_old(documents, clock):
    source = Source()
    for now, seen in [(0, 1), (599, 1), (600, 2), (1100, 2)]:
        clock.now = now
        assert documents.get("a", source) == seen
    assert documents.get("b", source) == 3


def test_a_stale_document_is_better_than_none_and_a_failure_is_not_repeated_at_once(
    documents, clock
):
    source = Source()
    documents.get("a", source)
    source.is_down = True
    for now, asked in [(601, 2), (603, 2), (606, 3), (607, 3)]:
        clock.now = now
        assert documents.get("a", source) == 1
        assert source.asked == asked
    clock.now = 3601
    with pytest.raises(UnavailableError):
        documents.get("a", source)


def test_a_source_that_recovers_is_believed_again(documents, clock):
    source = Source()
    source.is_down = True
    with pytest.raises(UnavailableError):
        documents.get("a", source)
    source.is_down = False
    with pytest.raises(UnavailableError):
        documents.get("a", source)
    clock.now = 5
    assert documents.get("a", source) == 2


def test_a_document_is_fetched_by_one_thread_while_the_others_have_the_former(documents, clock):
    asked, go_on = Event(), Event()

    def slow(url: str) -> str:
        asked.set()
        assert go_on.wait(10)
        return "newer"

    documents.get("a", lambda _: "former")
    clock.now = 700
    results = []
    fetching = Thread(target=lambda: results.append(documents.get("a", slow)))
    fetching.start()
    assert asked.wait(10)
    assert [documents.get("a", slow) for _ in range(10)] == ["former"] * 10
    go_on.set()
    fetching.join(10)
    assert results == ["newer"]


def test_a_newer_document_can_be_asked_for(documents, clock):
    source = Source()
    documents.get("a", source)
    clock.now = 5
    assert documents.get("a", source, at_least=10) == 1
    clock.now = 10
    assert documents.get("a", source, at_least=10) == 2


def test_a_server_that_sends_a_byte_at_a_time_ends_at_the_deadline(monkeypatch):
    monkeypatch.setattr(gate, "DEADLINE", 0.5)
    with (
        trickling_server() as url,
        outbound(),
        BoundedSession() as session,
        pytest.raises(requests.Timeout),
    ):
        session.get(url)


def test_nothing_is_asked_after_the_deadline(monkeypatch):
    monkeypatch.setattr(gate, "DEADLINE", 0.0)
    with outbound(), BoundedSession() as session, pytest.raises(requests.Timeout):
        session.get("http://127.0.0.1:9/")


def test_an_endless_answer_is_given_up(monkeypatch):
    monkeypatch.setattr("outbound.session._LONGEST_BODY", 10)
    with (
        trickling_server() as url,
        outbound(),
        BoundedSession() as session,
        pytest.raises(requests.RequestException, match="too long"),
    ):
        session.get(url)
