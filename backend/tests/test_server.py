"""The API as it really runs: its log, the faults it can be told to make, the built app."""

import time

import pytest
import requests

from demo.account import PASSWORD
from tests.live_server import HttpClient, live_server

INDEX = "<!doctype html><title>the app</title>"
HASHED = "app-0123456789abcdef.js"
FAULTS = "/api/__faults__/"


class Server(HttpClient):
    def rules(self, *rules: dict) -> None:
        answer = self.put(FAULTS, json=rules)
        assert answer.status_code == 200, answer.text

    def log(self) -> list[dict]:
        return self.get(FAULTS).json()["log"]

    def sign_in(self) -> dict:
        body = {"username": "demo", "password": PASSWORD}
        return self.post("/api/auth/login/", json=body).json()


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    dist = tmp_path_factory.mktemp("dist")
    (dist / "index.html").write_text(INDEX)
    (dist / HASHED).write_text("let app")
    (dist / "boot.js").write_text("let boot")
    return {"STATE_DIR": str(tmp_path_factory.mktemp("state")), "SPA_DIST": str(dist)}


@pytest.fixture(scope="module")
def _url(environment):
    with live_server("config.settings", "migrate", "seed", FAULTS="1", **environment) as server:
        yield server.url


@pytest.fixture
def server(_url) -> Server:
    with Server(_url) as server:
        server.delete(FAULTS)
        yield server


@pytest.mark.usefixtures("_url")  # which has seeded the database
def test_one_line_for_each_request_and_no_secret_in_it(environment):
    with live_server("config.settings", **environment) as live, Server(live.url) as server:
        session = server.sign_in()
        server.get("/api/posts/?secret=query", headers={"Authorization": "Bearer stale"})
        server.get("/auth/callback/dev?code=secret-code&state=secret-state")
        printed = live.stop()
    assert "POST /api/auth/login/ 200 " in printed
    assert "GET /api/posts/ 401 " in printed
    assert "GET /auth/callback/dev 200 " in printed
    for secret in ("secret", PASSWORD, session["access"], session["refresh"]):
        assert secret not in printed


@pytest.mark.parametrize("path", ["/", "/sign-in", "/posts", "/auth/callback/dev?code=x"])
def test_the_apps_own_addresses_get_its_page_unstored(server, path):
    answer = server.get(path)
    assert (answer.status_code, answer.text) == (200, INDEX)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_hashed_file_is_kept_for_good_and_another_is_asked_for_again(server):
    assert "immutable" in server.get(f"/{HASHED}").headers["Cache-Control"]
    assert server.get("/boot.js").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/gone-0123456789abcdef.js", "/api/unknown/", "/api/posts"])
def test_what_is_no_address_of_the_app_is_404(server, path):
    assert server.get(path).status_code == 404


def test_the_page_is_only_read(server):
    assert server.post("/sign-in").status_code == 405


def test_the_log_tells_each_request_and_its_status(server):
    token = server.sign_in()["access"]
    server.get("/api/posts/", headers={"Authorization": f"Bearer {token}"})
    server.get("/api/posts/")
    log = [(entry["method"], entry["path"], entry["status"]) for entry in server.log()]
    assert log == [
        ("POST", "/api/auth/login/", 200),
        ("GET", "/api/posts/", 200),
        ("GET", "/api/posts/", 401),
    ]
    assert abs(server.log()[0]["time"] - time.time()) < 60


def test_deleting_forgets_the_rules_and_the_log(server):
    server.rules({"path": "posts", "status": 500})
    server.get("/api/posts/")
    server.delete(FAULTS)
    assert server.get(FAULTS).json() == {"rules": [], "log": []}


def test_a_rule_chooses_by_path_and_method_and_wears_off(server):
    server.rules({"path": "^/api/posts/$", "method": "GET", "times": 2, "status": 503})
    assert server.post("/api/posts/").status_code == 401
    assert server.get("/api/social/").status_code == 200
    assert [server.get("/api/posts/").status_code for _ in range(3)] == [503, 503, 401]
    assert [entry["fault"] for entry in server.log()] == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("rule", "status", "text"),
    [
        ({"status": 500}, 500, '{"detail": "injected fault"}'),
        ({"status": 502, "html": "<h1>Bad gateway</h1>"}, 502, "<h1>Bad gateway</h1>"),
        ({"html": "<h1>Hello</h1>"}, 200, "<h1>Hello</h1>"),
        ({"status": 400, "body": {"error": "invalid_grant"}}, 400, '{"error": "invalid_grant"}'),
        ({"body": None}, 200, "null"),
    ],
)
def test_a_rule_can_put_words_in_the_servers_mouth(server, rule, status, text):
    server.rules({"path": "posts", **rule})
    answer = server.get("/api/posts/")
    assert (answer.status_code, answer.text) == (status, text)


def test_a_rule_can_ask_to_retry_after_anything(server):
    server.rules({"path": "posts", "status": 429, "retry_after": "a while"})
    assert server.get("/api/posts/").headers["Retry-After"] == "a while"


def test_a_rule_can_redirect(server):
    server.rules({"path": "posts", "location": "http://elsewhere.test/", "status": 307})
    answer = server.get("/api/posts/", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (307, "http://elsewhere.test/")


def refresh(server, token: str) -> requests.Response:
    return server.post("/api/auth/token/refresh/", json={"refresh": token})


def test_dropped_before_the_server_acted_nothing_has_happened(server):
    token = server.sign_in()["refresh"]
    server.rules({"path": "refresh", "times": 1, "drop": "before"})
    with pytest.raises(requests.ConnectionError):
        refresh(server, token)
    assert server.log()[-1]["status"] is None
    assert refresh(server, token).status_code == 200


def test_f2_a_refresh_answer_dropped_after_the_server_acted_is_recovered(server):
    token = server.sign_in()["refresh"]
    server.rules({"path": "refresh", "times": 1, "drop": "after"})
    with pytest.raises(requests.ConnectionError):
        refresh(server, token)
    assert (server.log()[-1]["status"], server.log()[-1]["dropped"]) == (200, "after")
    again = refresh(server, token)
    assert again.status_code == 200
    assert refresh(server, again.json()["refresh"]).status_code == 200


def test_dropped_amid_its_body_an_answer_is_cut_short(server):
    server.rules({"path": "social", "drop": "mid", "body": ["x" * 1000]})
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        server.get("/api/social/")


def test_an_answer_can_be_late_after_the_server_acted(server):
    session = server.sign_in()
    server.rules({"path": "refresh", "delay_after": 300})
    started = time.monotonic()
    assert refresh(server, session["refresh"]).status_code == 200
    assert time.monotonic() - started >= 0.3


def test_a_request_can_be_late(server):
    server.rules({"path": "posts", "delay": 300})
    started = time.monotonic()
    assert server.get("/api/posts/").status_code == 401
    assert time.monotonic() - started >= 0.3


def test_f9_a_body_can_trickle(server):
    server.rules({"path": "posts", "body": "x" * 98, "bytes_per_second": 200})
    started = time.monotonic()
    answer = server.get("/api/posts/")
    assert answer.json() == "x" * 98
    assert time.monotonic() - started >= 0.5


def test_a_policys_violations_are_kept_for_the_tests_until_deleted(server):
    violation = {"violated-directive": "script-src-elem", "blocked-uri": "inline"}
    report = {"csp-report": violation}
    assert server.post(f"{FAULTS}csp/", json=report).status_code == 204
    assert server.post(f"{FAULTS}csp/", json=[report]).status_code == 400
    assert server.get(f"{FAULTS}csp/").json() == [violation]
    assert server.log() == []
    server.delete(FAULTS)
    assert server.get(f"{FAULTS}csp/").json() == []


def test_the_apps_page_reports_its_violations_to_the_tests(server):
    policy = server.get("/").headers["Content-Security-Policy"]
    assert policy.endswith(f"; report-uri {FAULTS}csp/")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}x",
        b"7",
        b"[7]",
        b"[{}]",
        b'[{"path": "("}]',
        b'[{"path": "a", "drop": "never"}]',
        b'[{"path": "a", "unknown": 1}]',
    ],
)
def test_what_is_no_rule_is_400_and_changes_nothing(server, body):
    server.rules({"path": "posts", "status": 500})
    assert server.put(FAULTS, data=body).status_code == 400
    assert server.get("/api/posts/").status_code == 500
