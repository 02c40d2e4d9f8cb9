"""What is particular to COOKIE_MODE=1; the suites of the session run over both transports."""

import pytest

from tests.conftest import PASSWORD, Api
from tests.cookies import from_the_app, tokens_in
from tests.fake_provider import GRANT
from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = pytest.mark.django_db

TIMES = {"access_issued_at", "access_expiration", "refresh_expiration", "session_expiration"}
LOGIN = {"username": "ada", "password": PASSWORD}
ALAN = {
    "username": "alan",
    "email": "alan@example.test",
    "password1": "universal machine",
    "password2": "universal machine",
}
SIGN_INS = {
    "auth/login/": LOGIN,
    "auth/registration/": ALAN,
    "social/login/acme/": GRANT,
}


class Browser(Api):
    """Keeps cookies as they are set, and sends them with each request of the app."""

    def call(self, method, path, body=None, token=None, **headers):
        return super().call(method, path, body, token, **from_the_app(headers))

    def refresh(self):
        return self.send("auth/token/refresh/", {})

    def sign_out(self):
        return self.send("auth/logout/", {})


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def signed_in(browser, ada) -> Browser:
    browser.sign_in()
    return browser


def is_signed_in(browser) -> bool:
    return browser.fetch("auth/user/").status_code == 200


def clears_both(answer) -> bool:
    return [(cookie.value, cookie["max-age"]) for cookie in answer.cookies.values()] == [
        ("", 0)
    ] * 2


def test_b7_a_script_cannot_read_the_cookies_and_another_site_cannot_send_them(browser, ada):
    cookies = browser.send("auth/login/", LOGIN).cookies
    assert {name: cookie["path"] for name, cookie in cookies.items()} == {
        "access_token": "/api/",
        "refresh_token": "/api/auth/",
    }
    for cookie in cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["domain"]
        assert not cookie["secure"]


def test_b7_over_https_they_are_secure_and_bound_to_the_host(browser, ada, yew_auth):
    yew_auth(SECURE=True)
    answers = [browser.send("auth/login/", LOGIN), browser.refresh(), browser.sign_out()]
    for answer in answers:
        assert answer.status_code == 200
        assert set(answer.cookies) == {"__Host-access_token", "__Host-refresh_token"}
        for cookie in answer.cookies.values():
            assert cookie["httponly"]
            assert cookie["secure"]
            assert cookie["samesite"] == "Strict"
            assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_both_cookies_are_kept_as_long_as_the_refresh_token(browser, ada, clock):
    for answer in (browser.send("auth/login/", LOGIN), browser.refresh()):
        assert [cookie["max-age"] for cookie in answer.cookies.values()] == [7 * 24 * 3600 - 1] * 2


@pytest.mark.parametrize("path", SIGN_INS)
def test_t1_no_token_is_in_the_body_of_a_sign_in(browser, ada, provider, path):
    answer = browser.send(path, SIGN_INS[path])
    assert set(answer.json()) == TIMES | {"user"}
    for token in tokens_in(answer).values():
        assert token.rpartition(".")[2] not in answer.content.decode()
    assert is_signed_in(browser)


def test_t1_no_token_is_in_the_body_of_a_refresh(signed_in):
    answer = signed_in.refresh()
    assert set(answer.json()) == TIMES
    assert set(tokens_in(answer)) == {"access", "refresh"}


def test_a_refresh_takes_the_cookie_and_sets_both_anew(signed_in):
    before = tokens_in(signed_in)
    after = tokens_in(signed_in.refresh())
    assert before["access"] != after["access"]
    assert before["refresh"] != after["refresh"]
    assert is_signed_in(signed_in)


def test_s9_two_tabs_with_the_same_old_cookie_get_the_same_successor(signed_in):
    other_tab = Browser()
    other_tab.cookies.load({name: morsel.value for name, morsel in signed_in.cookies.items()})
    answers = [signed_in.refresh(), other_tab.refresh()]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({tokens_in(answer)["refresh"] for answer in answers}) == 1
    assert is_signed_in(signed_in)
    assert is_signed_in(other_tab)


def test_a_refused_refresh_clears_the_cookies(signed_in):
    RefreshFamily.objects.get().revoke(Revocation.TOKEN_REUSED)
    answer = signed_in.refresh()
    assert answer.status_code == 401
    assert clears_both(answer)


def test_a_refresh_without_a_cookie_is_401(browser, db):
    assert browser.refresh().status_code == 401


def make_stale(browser, how: str, clock) -> None:
    if how == "missing":
        del browser.cookies["access_token"]
    elif how == "expired":
        clock.shift(3600)
    else:
        browser.cookies["access_token"] = how


@pytest.mark.parametrize("how", ["missing", "expired", "x", "\xe9"])
def test_a_stale_access_cookie_keeps_nobody_in_and_nobody_from_a_refresh(browser, ada, clock, how):
    browser.sign_in()
    make_stale(browser, how, clock)
    assert browser.refresh().status_code == 200
    make_stale(browser, how, clock)
    answer = browser.sign_out()
    assert answer.status_code == 200
    assert clears_both(answer)
    assert RefreshFamily.objects.get().revocation == Revocation.SIGNED_OUT


@pytest.mark.parametrize("path", SIGN_INS)
@pytest.mark.parametrize("stale", ["x", "a.b.c", "\xe9"])
def test_stale_cookies_do_not_refuse_a_sign_in(browser, ada, provider, path, stale):
    browser.cookies.load({"access_token": stale, "refresh_token": stale})
    assert browser.send(path, SIGN_INS[path]).status_code in (200, 201)
    assert is_signed_in(browser)


@pytest.mark.parametrize("token", [None, "x", "ended"])
def test_a_sign_out_of_nobody_is_401_and_clears_the_cookies(browser, ada, token):
    if token == "ended":
        browser.sign_in()
        RefreshFamily.objects.get().revoke(Revocation.TOKEN_REUSED)
    elif token:
        browser.cookies["refresh_token"] = token
    answer = browser.sign_out()
    assert answer.status_code == 401
    assert clears_both(answer)


def test_a_sign_in_ends_the_session_that_the_browser_had(signed_in, grace):
    before = tokens_in(signed_in)
    signed_in.sign_in("grace")
    assert signed_in.fetch("auth/user/").json()["username"] == "grace"
    late = Browser()
    late.cookies.load({f"{name}_token": token for name, token in before.items()})
    assert not is_signed_in(late)
    assert late.refresh().status_code == 401


def test_a_failed_sign_in_leaves_the_session_alone(signed_in):
    assert signed_in.send("auth/login/", {**LOGIN, "password": "wrong"}).status_code == 400
    assert is_signed_in(signed_in)


def test_a_token_in_the_body_is_not_looked_at(signed_in):
    token = tokens_in(signed_in)["refresh"]
    stranger = Browser()
    for path in ("auth/token/refresh/", "auth/logout/"):
        assert stranger.send(path, {"refresh": token}).status_code == 401
    assert signed_in.refresh().status_code == 200


def test_an_authorization_header_is_not_looked_at(signed_in, grace):
    other = Browser()
    other.sign_in("grace")
    token = tokens_in(other)["access"]
    assert Browser().fetch("auth/user/", token).status_code == 401
    for header in (token, "stale", "a b c"):
        assert signed_in.fetch("auth/user/", header).json()["username"] == "ada"


def test_without_cookie_mode_a_cookie_is_not_looked_at(signed_in, yew_auth):
    yew_auth(COOKIES=False)
    bearer = Api()
    bearer.cookies = signed_in.cookies
    assert bearer.fetch("auth/user/").status_code == 401
    assert bearer.send("auth/token/refresh/", {}).status_code == 401
    assert bearer.send("auth/logout/", {}).status_code == 401


def test_t5_a_refresh_token_is_no_access_cookie(signed_in):
    signed_in.cookies["access_token"] = tokens_in(signed_in)["refresh"]
    assert signed_in.fetch("auth/user/").status_code == 401
