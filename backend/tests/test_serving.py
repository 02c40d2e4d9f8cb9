"""How gunicorn starts, and what it refuses to serve."""

import subprocess
import sys

import pytest

from config.reachability import is_exposed
from tests.live_server import BACKEND, live_server
from tests.production import production


def serve(environment: dict[str, str], bind: str) -> subprocess.CompletedProcess:
    """For servers that are expected to end by themselves."""
    return subprocess.run(
        [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind],
        cwd=BACKEND,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize(
    ("change", "bind", "complaint"),
    [
        ({}, "0.0.0.0:0", "with no proxy before it"),
        ({"LOOPBACK_ONLY": "1"}, "0.0.0.0:0", "is for this machine alone"),
        ({"LOOPBACK_ONLY": "1", "NUM_PROXIES": "1"}, "0.0.0.0:0", "is for this machine alone"),
        ({"SECRET_KEY": None}, "127.0.0.1:0", "SECRET_KEY is required"),
        ({"DEBUG": "1", "FAULTS": "1", "WEB_CONCURRENCY": "2"}, "127.0.0.1:0", "must be 1"),
    ],
    ids=str,
)
def test_an_unsafe_server_ends_with_one_sentence(tmp_path, change, bind, complaint):
    served = serve(production(tmp_path, **change), bind)
    assert served.returncode != 0
    assert complaint in served.stdout + served.stderr
    assert "Traceback" not in served.stdout + served.stderr
    assert "Listening at" not in served.stderr


@pytest.mark.parametrize(
    ("address", "exposed"),
    [
        (("127.0.0.1", 80), False),
        (("::1", 80, 0, 0), False),
        (("localhost", 80), False),
        ("/run/app.sock", False),
        (b"\0abstract", False),
        (("0.0.0.0", 80), True),
        (("", 80), True),
        (("::", 80, 0, 0), True),
        (("192.0.2.1", 80), True),
        (("app.example.org", 80), True),
    ],
)
def test_an_address_is_exposed_unless_it_is_known_not_to_be(address, exposed):
    assert is_exposed(address) is exposed


def test_as_many_workers_serve_as_are_asked_for(tmp_path):
    state = str(tmp_path)
    with live_server("config.settings", STATE_DIR=state, WEB_CONCURRENCY="3") as server:
        server.wait_for("Booting worker", times=3)
