"""A request that nobody waits for any more is not served.

A server with more to do than it can do serves requests whose browser, or proxy, has given up,
instead of those that somebody waits for: it answers everybody too late. A proxy closes its
connection when it gives up, or when the browser does, and the socket tells.
"""

import socket

from django.http import HttpResponse

# nginx's own for its log: nobody receives it.
CLIENT_CLOSED_REQUEST = 499


class AbandonedMiddleware:
    """Outside of all that does any work."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        connection = request.META.get("gunicorn.socket")
        if connection is not None and _is_closed(connection):
            return HttpResponse(status=CLIENT_CLOSED_REQUEST)
        return self.get_response(request)


def _is_closed(connection: socket.socket) -> bool:
    """By the other side. What it has sent besides stays to be read."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
