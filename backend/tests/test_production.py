"""The server as production runs it: JSON logs, health, metrics, reports, known hosts."""

import json
import re
import subprocess
import sys

import pytest

from tests.live_server import BACKEND, HttpClient, live_server
from tests.production import KEY, production

PAGE = "<!doctype html><title>the app</title>"
TOKEN = KEY[::-1]
HOST = {"Host": "app.example.org"}
ID = "proxy-says-0001"


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    dist = tmp_path_factory.mktemp("dist")
    (dist / "index.html").write_text(PAGE)
    return production(
        tmp_path_factory.mktemp("state"),
        SPA_DIST=str(dist),
        METRICS_TOKEN=TOKEN,
        NUM_PROXIES="1",
        WEB_CONCURRENCY="2",
        ADMIN="1",
        SIGN_IN_RATE="8/min",
    )


@pytest.fixture(scope="module")
def live(environment):
    with live_server("config.settings", "migrate", **{"DEBUG": "0", **environment}) as server:
        yield server


@pytest.fixture
def client(live):
    with HttpClient(live.url) as client:
        client.headers.update(HOST)
        yield client


def records(live, logger: str, request_id: str) -> list[dict]:
    lines = [line for line in live.wait_for(request_id) if line.startswith("{")]
    return [r for r in map(json.loads, lines) if r["logger"] == logger]


def test_each_request_is_a_json_record_with_the_proxys_id_and_the_clients_address(live, client):
    headers = {"X-Request-Id": ID, "X-Forwarded-For": "203.0.113.9, 192.0.2.7"}
    answer = client.get("/api/posts/?token=secret", headers=headers)
    assert answer.headers["X-Request-Id"] == ID
    [record] = records(live, "access", ID)
    assert (record["method"], record["path"], record["status"]) == ("GET", "/api/posts/", 401)
    assert (record["request_id"], record["client"]) == (ID, "192.0.2.7")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", record["time"])
    assert record["milliseconds"] >= 0
    assert "secret" not in json.dumps(record)


@pytest.mark.parametrize("given", ["short", "x" * 65, 'quote"quote', "white space"])
def test_an_id_that_is_none_is_replaced(client, given):
    answer = client.get("/api/posts/", headers={"X-Request-Id": given})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_an_event_of_an_account_has_the_id_of_its_request(live, client):
    request_id = "audited-request"
    headers = {
        "X-Request-Id": request_id,
        "Origin": "https://app.example.org",
        "Sec-Fetch-Site": "same-origin",
        "X-Session-Id": "none",
    }
    body = {"username": "nobody", "password": "wrong"}
    assert client.post("/api/auth/login/", json=body, headers=headers).status_code == 400
    [record] = records(live, "audit", request_id)
    assert (record["event"], record["level"]) == ("sign_in_failed", "INFO")


def test_gunicorn_speaks_json_too(live):
    for line in live.wait_for("Booting worker", times=2):
        assert json.loads(line)["logger"] == "gunicorn.error"


def test_health_is_no_page_of_the_app(client):
    assert client.get("/healthz").json() == {"process": "ok"}
    assert client.get("/readyz").json()["database"] == "ok"


def test_an_unknown_address_is_404_and_shows_the_app(client):
    answer = client.get("/nowhere")
    assert (answer.status_code, answer.text) == (404, PAGE)
    assert client.get("/posts").status_code == 200


@pytest.mark.parametrize("path", ["/", "/posts", "/api/posts/", "/nowhere"])
@pytest.mark.parametrize("host", ["evil.test", "app.example.org.evil.test", "127.0.0.1", ""])
def test_nothing_is_served_under_another_name(client, path, host):
    assert client.get(path, headers={"Host": host}).status_code == 400


def test_browsers_are_told_where_to_report(client):
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.endswith("; report-uri /api/csp-reports/; report-to csp")
    assert answer.headers["Reporting-Endpoints"] == 'csp="/api/csp-reports/"'
    kind = {"Content-Type": "application/csp-report"}
    report = client.post("/api/csp-reports/", data='{"csp-report": {}}', headers=kind)
    assert report.status_code == 204
    assert "Reporting-Endpoints" not in client.get("/api/posts/").headers


def test_metrics_are_for_who_has_the_token_and_count_all_workers(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404
    headers = {"Authorization": f"Bearer {TOKEN}"}

    def total() -> float:
        text = client.get("/metrics", headers=headers).text
        return sum(
            float(line.rpartition(" ")[2])
            for line in text.splitlines()
            if line.startswith("django_http_requests_total_by_method_total")
        )

    before = total()
    for _ in range(20):
        client.get("/api/posts/", headers={"Connection": "close"})
    assert total() == before + 21  # the first total() was a request, too


@pytest.fixture(scope="module")
def administrator(live, environment) -> str:
    command = [sys.executable, "manage.py", "createsuperuser", "--noinput"]
    variables = {
        **environment,
        "DJANGO_SUPERUSER_USERNAME": "root",
        "DJANGO_SUPERUSER_EMAIL": "root@example.org",
        "DJANGO_SUPERUSER_PASSWORD": "a password of some length",
    }
    subprocess.run(command, cwd=BACKEND, env=variables, check=True, capture_output=True)
    return "a password of some length"


class Browser(HttpClient):
    """Over http, as if it were https: the proxy has taken that off."""

    def sign_in(self, password: str):
        page = self.get("/admin/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
        form = {
            "csrfmiddlewaretoken": token,
            "username": "root",
            "password": password,
            "next": "/admin/",
        }
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.cookies)
        headers = {"Origin": "https://app.example.org", "Cookie": cookies}
        return self.post("/admin/login/", data=form, headers=headers, allow_redirects=False)


@pytest.fixture
def browser(live):
    with Browser(live.url) as browser:
        browser.headers.update(HOST)
        yield browser


def test_an_administrator_signs_in_and_sees_accounts_sessions_and_posts(browser, administrator):
    answer = browser.sign_in(administrator)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    [session] = [c for c in answer.cookies if c.name == "__Host-admin_session"]
    assert session.secure
    cookie = {"Cookie": f"{session.name}={session.value}"}
    for path in (
        "/admin/accounts/user/",
        "/admin/refresh_families/refreshfamily/",
        "/admin/posts/post/",
    ):
        page = browser.get(path, headers=cookie)
        assert page.status_code == 200
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "<script>" not in page.text


def test_the_admins_own_files_are_served(browser):
    assert browser.get("/static/admin/css/base.css").status_code == 200


def test_c24_a_proxy_that_changes_the_host_is_told_what_to_set(live, client):
    assert client.get("/api/posts/", headers={"Host": "backend-7:8000"}).status_code == 400
    [line] = [line for line in live.wait_for("backend-7") if "backend-7" in line][:1]
    assert "ALLOWED_HOSTS" in line


def test_guessing_an_administrators_password_is_limited(browser, administrator):
    pages = [browser.sign_in("wrong").text for _ in range(8)]
    assert "Too many tries" in pages[-1]


def test_the_api_gets_no_django_session(client):
    assert not client.get("/api/posts/").cookies
