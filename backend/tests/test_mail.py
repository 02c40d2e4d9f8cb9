"""Mails of the server as it runs: by SMTP, after the answer."""

import pytest

from tests.live_server import HttpClient, live_server
from tests.smtp_sink import smtp_sink

RESET = "/api/auth/password/reset/"


@pytest.fixture(scope="module")
def state(tmp_path_factory) -> str:
    folder = str(tmp_path_factory.mktemp("state"))
    with live_server("config.settings", "migrate", "seed", STATE_DIR=folder):
        return folder


def test_a_reset_mail_arrives_by_smtp(state):
    with (
        smtp_sink() as sink,
        live_server("config.settings", STATE_DIR=state, **sink.variables) as live,
        HttpClient(live.url) as client,
    ):
        assert client.post(RESET, json={"email": "demo@example.test"}).status_code == 200
        mail = sink.mails.get(timeout=120)
        assert "To: demo@example.test" in mail
        assert "Subject: Set a new password" in mail


def test_a_mail_server_that_hangs_holds_up_no_answer(state):
    """The answers come while the first mail is still on its way."""
    with (
        smtp_sink(answers=False) as sink,
        live_server("config.settings", STATE_DIR=state, **sink.variables) as live,
        HttpClient(live.url) as client,
    ):
        known = client.post(RESET, json={"email": "demo@example.test"}, timeout=8)
        assert sink.called.wait(120)
        unknown = client.post(RESET, json={"email": "nobody@example.test"}, timeout=8)
        assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
        assert known.status_code == 200
        sink.ended.set()
        live.wait_for("a mail could not be sent")
