"""Doing to a client's connection what a bad network does."""

import contextlib
import socket
import time
from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

_CHUNKS_PER_SECOND = 10


def cut(request) -> HttpResponse:
    """Close the connection; the response is for the server alone, nobody gets it."""
    connection = request.META["gunicorn.socket"]
    with contextlib.suppress(OSError):  # the client was quicker
        connection.shutdown(socket.SHUT_RDWR)
    return HttpResponse()


def cut_mid_body(request, response) -> HttpResponse:
    body = response.content
    head = [f"HTTP/1.1 {response.status_code} {response.reason_phrase}"]
    head += [f"{name}: {value}" for name, value in response.items() if name != "Content-Length"]
    head += [cookie.output() for cookie in response.cookies.values()]
    head += [f"Content-Length: {len(body)}", "", ""]
    connection = request.META["gunicorn.socket"]
    connection.sendall("\r\n".join(head).encode("latin-1") + body[: len(body) // 2])
    return cut(request)


def trickle(response, bytes_per_second: int) -> StreamingHttpResponse:
    body = response.content
    slow = StreamingHttpResponse(
        _slowly(body, bytes_per_second), status=response.status_code, headers=response.headers
    )
    slow["Content-Length"] = str(len(body))
    slow.cookies = response.cookies
    return slow


def _slowly(body: bytes, bytes_per_second: int) -> Iterator[bytes]:
    size = max(1, bytes_per_second // _CHUNKS_PER_SECOND)
    for start in range(0, len(body), size):
        time.sleep(size / bytes_per_second)
        yield body[start : start + size]
