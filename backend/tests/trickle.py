"""A server that sends its answer a byte at a time, for as long as anybody reads it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

_PAUSE = 0.01


@contextmanager
def trickling_server() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = Event()
        thread = Thread(target=_serve, args=(listener, ended))
        thread.start()
        yield "http://{}:{}/".format(*listener.getsockname())
        ended.set()
        thread.join(10)


def _serve(listener: socket.socket, ended: Event) -> None:
    connection, _ = listener.accept()
    with connection, suppress(OSError):
        connection.recv(4096)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not ended.wait(_PAUSE):
            connection.sendall(b" ")
