"""A requests session with an end to everything: connecting, waiting, reading, size."""

import requests

from .gate import seconds_left

_CONNECT = 1.0
_READ = 3.0
_LONGEST_BODY = 1024 * 1024
_CHUNK = 64 * 1024


class BoundedSession(requests.Session):
    def request(self, method, url, **options):
        # A redirect would lead where nobody has configured this server to go.
        return super().request(method, url, **{**options, "allow_redirects": False})

    def send(self, request, **options):
        left = seconds_left()
        if left <= 0:
            raise requests.Timeout("no time is left", request=request)
        options |= {"timeout": (min(_CONNECT, left), min(_READ, left)), "stream": True}
        response = super().send(request, **options)
        read_whole(response)
        return response


def read_whole(response: requests.Response) -> None:
    """A server that sends a byte at a time keeps within each timeout, and not within the
    deadline."""
    if response.raw is None:
        return
    body = bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        body += chunk
        if seconds_left() <= 0:
            raise requests.Timeout("the answer took too long", response=response)
        if len(body) > _LONGEST_BODY:
            raise requests.RequestException("the answer is too long", response=response)
    response.close()
    response._content = bytes(body)
