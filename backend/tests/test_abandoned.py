"""Requests whose sender has gone by the time that a thread is free for them."""

import socket

import pytest

from config.abandoned import AbandonedMiddleware

SERVED = object()


def serve(request):
    return SERVED


@pytest.fixture
def ends():
    """The server's end of a connection, and the browser's."""
    server, browser = socket.socketpair()
    with server, browser:
        yield server, browser


def answer_to(rf, **environ):
    return AbandonedMiddleware(serve)(rf.get("/", **environ))


def test_a_request_whose_sender_waits_is_served(rf, ends):
    server, _ = ends
    assert answer_to(rf, **{"gunicorn.socket": server}) is SERVED


def test_a_request_whose_sender_has_gone_is_not_served(rf, ends):
    server, browser = ends
    browser.close()
    assert answer_to(rf, **{"gunicorn.socket": server}).status_code == 499


def test_a_request_whose_connection_was_reset_is_not_served(rf, ends):
    server, _ = ends
    server.close()
    assert answer_to(rf, **{"gunicorn.socket": server}).status_code == 499


def test_the_next_request_of_a_connection_is_left_to_be_read(rf, ends):
    server, browser = ends
    browser.send(b"GET / HTTP/1.1\r\n")
    assert answer_to(rf, **{"gunicorn.socket": server}) is SERVED
    assert server.recv(3) == b"GET"


def test_a_server_that_shows_no_socket_serves_every_request(rf):
    assert answer_to(rf) is SERVED


def test_the_api_looks_before_anything_else_does(client, ends):
    server, browser = ends
    browser.close()
    answer = client.post("/api/auth/login/", **{"gunicorn.socket": server})
    assert answer.status_code == 499
