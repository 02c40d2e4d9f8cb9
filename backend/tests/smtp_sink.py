"""A mail server that takes every mail, or keeps its callers waiting."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Queue
from threading import Event, Thread


class _Handler(socketserver.StreamRequestHandler):
    def handle(self):
        if not self.server.answers:
            self.server.called.set()
            self.server.ended.wait(30)
            return
        with suppress(ConnectionError):
            self._talk()

    def _talk(self):
        self._say("220 sink")
        for line in self.rfile:
            command = line.strip().upper()
            if command == b"DATA":
                self._say("354 go on")
                self.server.mails.put(self._content())
                self._say("250 taken")
            elif command == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _content(self) -> str:
        lines = []
        for line in self.rfile:
            if line.rstrip() == b".":
                break
            lines.append(line.decode())
        return "".join(lines)

    def _say(self, words: str):
        self.wfile.write(f"{words}\r\n".encode())


class SmtpSink(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, *, answers: bool):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = answers
        self.mails: Queue[str] = Queue()
        self.called, self.ended = Event(), Event()

    @property
    def variables(self) -> dict[str, str]:
        """The settings of a backend that sends its mails here."""
        host, port = self.server_address
        return {
            "EMAIL_HOST": host,
            "EMAIL_PORT": str(port),
            "EMAIL_ENCRYPTION": "none",
            "DEFAULT_FROM_EMAIL": "no-reply@example.test",
        }


@contextmanager
def smtp_sink(*, answers: bool = True) -> Iterator[SmtpSink]:
    with SmtpSink(answers=answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.ended.set()
        server.shutdown()
        thread.join(10)
