"""Over cookies an answer has two parts that can be lost apart: its head and its body."""

import pytest
import requests

from tests.cookies import APP, NOBODY, cookie_name, from_the_app
from tests.live_server import HttpClient, live_server

FAULTS = "/api/__faults__/"
LOST = (requests.ConnectionError, requests.exceptions.ChunkedEncodingError)


class Browser(HttpClient):
    session = NOBODY

    def act(self, path: str, body=None):
        headers = from_the_app(session=self.session)
        return self.post(f"/api/auth/{path}/", json=body or {}, headers=headers)

    def sign_in(self) -> None:
        credentials = {"username": "demo", "password": "demo-password"}
        self.session = self.act("login", credentials).json()["session_id"]

    def refresh(self) -> int:
        return self.act("token/refresh").status_code

    def refresh_token(self) -> str:
        return self.cookies[cookie_name("refresh", self.session)]

    def fault(self, **rule) -> None:
        rules = [{"path": "refresh", "times": 1, **rule}]
        assert self.put(FAULTS, json=rules).status_code == 200


@pytest.fixture(scope="module")
def _url(tmp_path_factory):
    state = str(tmp_path_factory.mktemp("state"))
    with live_server(
        "config.settings", "migrate", "seed", STATE_DIR=state, COOKIE_MODE="1", FAULTS="1"
    ) as server:
        yield server.url


@pytest.fixture
def browser(_url):
    with Browser(_url) as browser:
        browser.delete(FAULTS)
        browser.sign_in()
        yield browser


def test_f2_an_answer_lost_with_its_cookies_is_recovered_with_the_old_ones(browser):
    before = browser.refresh_token()
    browser.fault(drop="after")
    with pytest.raises(LOST):
        browser.refresh()
    assert browser.refresh_token() == before
    assert browser.refresh() == 200
    assert browser.refresh() == 200


def test_f3_an_answer_cut_after_its_cookies_is_recovered_with_the_new_ones(browser):
    before = browser.refresh_token()
    browser.fault(drop="mid")
    with pytest.raises(LOST):
        browser.refresh()
    assert browser.refresh_token() != before
    assert browser.refresh() == 200


@pytest.mark.parametrize("space", ["\u00a0", "\u2000", "\u3000"])
def test_b7_a_name_in_disguise_is_refused_as_it_comes_over_the_wire(browser, space):
    name = cookie_name("access", browser.session)
    planted = f"{space}{name}={browser.cookies[name]}".encode()
    answer = requests.get(
        f"{browser.base}/api/auth/user/",
        headers={"X-Session-Id": browser.session, "Cookie": planted},
        timeout=20,
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "cookie_conflict")
    assert "Set-Cookie" not in answer.headers


def test_f9_a_body_that_trickles_comes_with_its_cookies(browser):
    before = browser.refresh_token()
    browser.fault(bytes_per_second=1000)
    assert browser.refresh() == 200
    assert browser.refresh_token() != before


def test_f5_an_injected_error_leaves_the_cookies_alone(browser):
    before = browser.refresh_token()
    browser.fault(status=503)
    assert browser.refresh() == 503
    assert browser.refresh_token() == before


def test_the_tests_need_no_proof_to_set_a_fault_and_a_browser_none_to_report(browser):
    assert browser.put(FAULTS, json=[]).status_code == 200
    report = {"csp-report": {"violated-directive": "img-src"}}
    for headers in ({}, {"Origin": APP}):
        answer = browser.post(f"{FAULTS}csp/", json=report, headers=headers)
        assert answer.status_code == 204
