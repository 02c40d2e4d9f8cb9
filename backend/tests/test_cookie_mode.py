"""What is particular to COOKIE_MODE=1; the suites of the session run over both transports."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from tests.browser import Browser
from tests.conftest import PASSWORD, Api
from tests.cookies import cookie_name, expired_in, tokens_in
from tests.fake_provider import GRANT
from yew_auth_django.cookies import set_cookies
from yew_auth_django.kind import Kind
from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = pytest.mark.django_db

TIMES = {
    "session_id",
    "access_issued_at",
    "access_expiration",
    "refresh_expiration",
    "session_expiration",
}
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


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


@pytest.fixture
def signed_in(browser, ada) -> Browser:
    browser.sign_in()
    return browser


def both_of(session: str) -> set[str]:
    return {cookie_name(kind, session) for kind in ("access", "refresh")}


def test_b7_a_script_cannot_read_the_cookies_and_another_site_cannot_send_them(browser, ada):
    answer = browser.send("auth/login/", LOGIN)
    session = answer.json()["session_id"]
    assert {name: cookie["path"] for name, cookie in answer.cookies.items()} == {
        f"yew-auth-access.{session}": "/api/",
        f"yew-auth-refresh.{session}": "/api/auth/",
    }
    for cookie in answer.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["domain"]
        assert not cookie["secure"]


def test_b7_over_https_they_are_secure_and_bound_to_the_host(browser, ada, yew_auth):
    yew_auth(SECURE=True)
    browser.sign_in()
    answers = [browser.send("auth/login/", LOGIN), browser.refresh(), browser.sign_out()]
    for answer in answers:
        assert answer.status_code == 200
        session = answer.json().get("session_id", browser.shows)
        assert set(answer.cookies) == {
            f"__Host-yew-auth-access.{session}",
            f"__Host-yew-auth-refresh.{session}",
        }
        for cookie in answer.cookies.values():
            assert cookie["httponly"]
            assert cookie["secure"]
            assert cookie["samesite"] == "Strict"
            assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_both_cookies_are_kept_as_long_as_the_refresh_token(browser, ada, clock):
    browser.sign_in()
    for answer in (browser.send("auth/login/", LOGIN), browser.refresh()):
        assert [cookie["max-age"] for cookie in answer.cookies.values()] == [7 * 24 * 3600 - 1] * 2


def test_no_cookie_is_kept_longer_than_browsers_keep_one():
    family = RefreshFamily(current_expires_at=timezone.now() + timedelta(days=20_000))
    answer = HttpResponse()
    set_cookies(answer, family, {Kind.ACCESS: "access", Kind.REFRESH: "refresh"})
    assert [cookie["max-age"] for cookie in answer.cookies.values()] == [400 * 24 * 3600] * 2


@pytest.mark.parametrize("path", SIGN_INS)
def test_t1_no_token_is_in_the_body_of_a_sign_in(browser, ada, provider, path):
    answer = browser.send(path, SIGN_INS[path])
    assert set(answer.json()) == TIMES | {"user"}
    for token in tokens_in(answer).values():
        assert token.rpartition(".")[2] not in answer.content.decode()
    browser.shows = answer.json()["session_id"]
    assert browser.who()


def test_t1_no_token_is_in_the_body_of_a_refresh(signed_in):
    answer = signed_in.refresh()
    assert set(answer.json()) == TIMES
    assert answer.json()["session_id"] == signed_in.shows
    assert set(tokens_in(answer)) == {"access", "refresh"}


def test_a_refresh_takes_the_cookie_and_sets_both_anew(signed_in):
    before = {kind: signed_in.token(kind) for kind in ("access", "refresh")}
    after = tokens_in(signed_in.refresh())
    assert before["access"] != after["access"]
    assert before["refresh"] != after["refresh"]
    assert signed_in.who() == "ada"


def test_s9_two_tabs_with_the_same_old_cookie_get_the_same_successor(signed_in):
    other_tab = signed_in.copy()
    answers = [signed_in.refresh(), other_tab.refresh()]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({tokens_in(answer)["refresh"] for answer in answers}) == 1
    assert signed_in.who() == other_tab.who() == "ada"


def test_a_refused_refresh_clears_the_cookies(signed_in):
    RefreshFamily.objects.get().revoke(Revocation.TOKEN_REUSED)
    answer = signed_in.refresh()
    assert answer.status_code == 401
    assert expired_in(answer) == both_of(signed_in.shows)


def test_a_refresh_without_a_cookie_is_401(browser, db):
    assert browser.refresh().status_code == 401


def make_stale(browser, how: str, clock) -> None:
    if how == "missing":
        del browser.jar[cookie_name("access", browser.shows)]
    elif how == "expired":
        clock.shift(3600)
    else:
        browser.put("access", how)


@pytest.mark.parametrize("how", ["missing", "expired", "x", "\xe9"])
def test_a_stale_access_cookie_keeps_nobody_in_and_nobody_from_a_refresh(browser, ada, clock, how):
    browser.sign_in()
    make_stale(browser, how, clock)
    assert browser.who() is None
    assert browser.refresh().status_code == 200
    make_stale(browser, how, clock)
    answer = browser.sign_out()
    assert answer.status_code == 200
    assert expired_in(answer) == both_of(browser.shows)
    assert RefreshFamily.objects.get().revocation == Revocation.SIGNED_OUT


@pytest.mark.parametrize("path", SIGN_INS)
@pytest.mark.parametrize("stale", ["x", "a.b.c", "\xe9"])
def test_stale_cookies_do_not_refuse_a_sign_in(browser, ada, provider, path, stale):
    for kind in ("access", "refresh"):
        browser.put(kind, stale, "0" * 32)
        browser.jar[f"{kind}_token"] = (stale, "/api/")
    answer = browser.send(path, SIGN_INS[path])
    assert answer.status_code in (200, 201)
    browser.shows = answer.json()["session_id"]
    assert browser.who()


@pytest.mark.parametrize("token", [None, "x", "ended"])
def test_a_sign_out_of_nobody_is_401_and_clears_the_cookies(browser, ada, token):
    browser.shows = "0" * 32
    if token == "ended":
        browser.sign_in()
        RefreshFamily.objects.get().revoke(Revocation.TOKEN_REUSED)
    elif token:
        browser.put("refresh", token)
    answer = browser.sign_out()
    assert answer.status_code == 401
    assert expired_in(answer) == both_of(browser.shows)


def test_a_failed_sign_in_leaves_the_session_alone(signed_in):
    assert signed_in.send("auth/login/", {**LOGIN, "password": "wrong"}).status_code == 400
    assert signed_in.who() == "ada"


def test_a_token_in_the_body_is_not_looked_at(signed_in):
    token = signed_in.token("refresh")
    stranger = Browser()
    stranger.shows = signed_in.shows
    for path in ("auth/token/refresh/", "auth/logout/"):
        assert stranger.send(path, {"refresh": token}).status_code == 401
    assert signed_in.refresh().status_code == 200


def test_an_authorization_header_is_not_looked_at(signed_in, grace):
    other = Browser()
    other.sign_in("grace")
    token = other.token("access")
    assert Browser().fetch("auth/user/", token).status_code == 401
    for header in (token, "stale", "a b c"):
        assert signed_in.fetch("auth/user/", header).json()["username"] == "ada"


def test_without_cookie_mode_a_cookie_is_not_looked_at(signed_in, yew_auth):
    yew_auth(COOKIES=False)
    bearer = Api()
    bearer.cookies.load({name: value for name, (value, _) in signed_in.jar.items()})
    headers = {"X-Session-Id": signed_in.shows}
    assert bearer.fetch("auth/user/", **headers).status_code == 401
    assert bearer.send("auth/token/refresh/", {}, **headers).status_code == 401
    assert bearer.send("auth/logout/", {}, **headers).status_code == 401
    assert bearer.fetch("auth/sessions/mine/", **headers).json() == {"sessions": []}


def test_t5_a_refresh_token_is_no_access_cookie(signed_in):
    signed_in.put("access", signed_in.token("refresh"))
    assert signed_in.fetch("auth/user/").status_code == 401
