"""One of the two servers as it really runs: gunicorn, a socket, its own state."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Thread

import requests

BACKEND = Path(__file__).resolve().parent.parent


# One interpreter for all of them: starting it is most of the time they take.
_MANAGE = """
import sys, django
from django.core.management import call_command
django.setup()
for command in sys.argv[1:]:
    call_command(command)
"""


def _manage(commands: tuple[str, ...], variables: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-c", _MANAGE, *commands],
        cwd=BACKEND,
        env=variables,
        check=True,
        capture_output=True,
    )


class HttpClient(requests.Session):
    def __init__(self, url: str):
        super().__init__()
        self.base = url

    def request(self, method, path, **options):
        options.setdefault("timeout", 20)
        return super().request(method, self.base + path, **options)


class LiveServer:
    def __init__(self, process: subprocess.Popen):
        self._process = process
        self._lines: list[str] = []
        self._arrived = Condition()
        self.url = self._read_url()
        self._reader = Thread(target=self._read_on, daemon=True)
        self._reader.start()

    def _read_url(self) -> str:
        """Once it listens, a request waits in the backlog until the worker is up."""
        for line in self._process.stdout:
            self._lines.append(line)
            if found := re.search(r"Listening at: (http://\S+)", line):
                return found[1]
        raise RuntimeError("the server did not start:\n" + "".join(self._lines))

    def _read_on(self) -> None:
        for line in self._process.stdout:
            with self._arrived:
                self._lines.append(line)
                self._arrived.notify_all()

    def wait_for(self, words: str, times: int = 1) -> list[str]:
        """The lines with these words, once there are so many."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.lines_with(words)) >= times, 120)
            return self.lines_with(words)

    def lines_with(self, words: str) -> list[str]:
        return [line for line in self._lines if words in line]

    def stop(self) -> str:
        """End it, and hand over all it has printed."""
        self._process.terminate()
        # A worker that is told to stop while it starts is given up after gunicorn's 30 s.
        self._process.wait(timeout=60)
        self._reader.join(timeout=20)
        return "".join(self._lines)


@contextmanager
def live_server(settings: str, *commands: str, **environment: str) -> Iterator[LiveServer]:
    """Run manage.py's commands, then the server, until the context ends."""
    variables = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": settings, **environment}
    variables.pop("DATABASE_URL", None)
    if commands:
        _manage(commands, variables)
    with subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", "127.0.0.1:0"],
        cwd=BACKEND,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            server = LiveServer(process)
            yield server
            server.stop()
        finally:
            process.terminate()
