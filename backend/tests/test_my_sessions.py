"""What a browser holds: `sessions/mine/`, no more than five, and the cookies of before."""

from datetime import timedelta

import jwt
import pytest
from django.utils import timezone

from tests.browser import Browser
from tests.cookies import NOBODY, both_of, cookie_name, expired_in, family
from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


# ---- Which sessions a browser holds ----


def test_mine_lists_the_live_sessions_newest_first(both):
    sessions = both.tab(NOBODY).mine()
    assert [session["session_id"] for session in sessions] == [both.grace, both.ada]
    assert [session["user"]["username"] for session in sessions] == ["grace", "ada"]
    assert set(sessions[0]) == {
        "session_id",
        "user",
        "signed_in_at",
        "access_issued_at",
        "access_expiration",
        "refresh_expiration",
        "session_expiration",
    }


def test_mine_tells_the_times_of_the_tokens_that_the_browser_holds(browser, ada, clock):
    browser.sign_in()
    clock.shift(100)
    [session] = browser.mine()
    assert session["signed_in_at"] == "2030-01-02T03:04:05.678Z"
    assert session["access_issued_at"] == "2030-01-02T03:04:05.000Z"
    assert session["access_expiration"] == "2030-01-02T03:09:05Z"
    assert session["refresh_expiration"] == "2030-01-09T03:04:05Z"
    assert session["session_expiration"] == "2030-02-01T03:04:05Z"


@pytest.mark.parametrize("how", ["missing", "expired"])
def test_mine_has_no_times_of_an_access_token_that_is_no_good(browser, ada, clock, how):
    browser.sign_in()
    if how == "missing":
        del browser.jar[cookie_name("access", browser.shows)]
    else:
        clock.shift(301)
    [session] = browser.mine()
    assert (session["access_issued_at"], session["access_expiration"]) == (None, None)
    assert browser.refresh().status_code == 200


def test_mine_leaves_out_what_cannot_be_refreshed(browser, ada):
    browser.sign_in()
    del browser.jar[cookie_name("refresh", browser.shows)]
    assert browser.mine() == []


@pytest.mark.parametrize("end", ["revoked", "ended", "unknown", "expired", "disabled"])
def test_mine_expires_the_cookies_of_dead_sessions_and_no_others(both, ada, end):
    dead = both.ada
    if end == "revoked":
        family(dead).revoke(Revocation.SIGNED_OUT)
    elif end == "ended":
        RefreshFamily.objects.filter(pk=dead).update(ends_at=timezone.now())
    elif end == "expired":
        RefreshFamily.objects.filter(pk=dead).update(current_expires_at=timezone.now())
    elif end == "disabled":
        type(ada).objects.filter(pk=ada.pk).update(is_active=False)
    else:
        family(dead).delete()
    answer = both.fetch("auth/sessions/mine/")
    assert [session["session_id"] for session in answer.json()["sessions"]] == [both.grace]
    assert set(answer.cookies) == expired_in(answer) == both_of(dead)


def test_mine_needs_nobody_signed_in_and_no_name(browser, db):
    assert browser.mine() == []
    assert browser.plain("auth/sessions/mine/").json() == {"sessions": []}


def test_mine_leaves_out_a_token_that_was_copied_and_leaves_its_session_alone(browser, ada):
    browser.sign_in()
    thief = browser.copy()
    browser.refresh()
    browser.refresh()
    assert thief.mine() == []
    assert browser.refresh().status_code == 200


def test_mine_counts_no_replay_and_uses_no_token_up(browser, ada):
    browser.sign_in()
    old = browser.copy()
    browser.refresh()
    assert len(old.mine()) == 1
    assert not RefreshFamily.objects.get().replayed
    assert old.refresh().status_code == 200


# ---- No more than five ----


def test_of_more_than_five_sessions_in_a_browser_the_oldest_is_revoked(browser, ada):
    sessions = [browser.sign_in() for _ in range(6)]
    assert family(sessions[0]).revocation == Revocation.DISPLACED
    assert browser.sessions_held() == set(sessions[1:])
    assert [session["session_id"] for session in browser.mine()] == sessions[:0:-1]


def test_dead_sessions_do_not_count_among_the_five(browser, ada):
    sessions = [browser.sign_in() for _ in range(5)]
    family(sessions[4]).revoke(Revocation.SIGNED_OUT)
    newest = browser.sign_in()
    assert browser.sessions_held() == {*sessions[:4], newest}
    assert RefreshFamily.objects.unrevoked().count() == 5


def test_a_sign_in_in_another_browser_displaces_nothing(browser, ada):
    for _ in range(5):
        browser.sign_in()
    Browser().sign_in()
    assert RefreshFamily.objects.unrevoked().count() == 6


# ---- The cookies of before ----


@pytest.fixture
def former(browser, ada, grace) -> Browser:
    """A browser that has the cookies of before: one pair that all sessions shared."""
    session = browser.sign_in()
    for kind in ("access", "refresh"):
        value, path = browser.jar.pop(cookie_name(kind, session))
        browser.jar[f"{kind}_token"] = (value, path)
    browser.shows = NOBODY
    browser.former = session
    return browser


def test_the_cookies_of_before_are_taken_over_by_mine(former):
    answer = former.fetch("auth/sessions/mine/")
    [session] = answer.json()["sessions"]
    assert session["session_id"] == former.former
    assert expired_in(answer) == {"access_token", "refresh_token"}
    page = former.tab(former.former)
    assert page.who() == "ada"
    assert page.refresh().status_code == 200
    assert former.sessions_held() == {former.former}


def test_the_cookies_of_before_are_taken_over_once(former):
    former.mine()
    assert set(former.jar) == both_of(former.former)
    assert not former.fetch("auth/sessions/mine/").cookies


def test_the_cookies_of_before_are_kept_as_long_as_they_were(clock, former):
    clock.shift(100)
    answer = former.fetch("auth/sessions/mine/")
    left = 7 * 24 * 3600 - 100 - 1
    assert {answer.cookies[name]["max-age"] for name in both_of(former.former)} == {left}


def test_over_https_the_cookies_of_before_had_the_prefix_too(former, yew_auth):
    yew_auth(SECURE=True)
    former.jar = {f"__Host-{name}": (value, "/") for name, (value, _) in former.jar.items()}
    assert len(former.mine()) == 1
    assert set(former.jar) == {f"__Host-{name}" for name in both_of(former.former)}


def test_the_cookies_of_before_serve_no_request(former):
    assert former.tab(former.former).who() is None
    assert former.plain("auth/user/").status_code == 401


@pytest.mark.parametrize("how", ["revoked", "garbage", "another key"])
def test_cookies_of_before_that_are_no_good_are_expired(former, how):
    token = former.jar["refresh_token"][0]
    if how == "revoked":
        family(former.former).revoke(Revocation.SIGNED_OUT)
    elif how == "garbage":
        former.jar["refresh_token"] = ("x", "/api/auth/")
    else:
        claims = jwt.decode(token, options={"verify_signature": False})
        forged = jwt.encode(claims, "a key of somebody else, of 32 bytes")
        former.jar["refresh_token"] = (forged, "/api/auth/")
    answer = former.fetch("auth/sessions/mine/")
    assert answer.json()["sessions"] == []
    assert set(answer.cookies) == expired_in(answer) == {"access_token", "refresh_token"}


def test_a_second_cookie_of_the_name_of_before_is_left_alone(former):
    """The name is a common one: another server of this host may have one, too."""
    value, _ = former.jar["refresh_token"]
    header = f"refresh_token={value}; refresh_token=x"
    answer = former.fetch("auth/sessions/mine/", Cookie=header)
    assert answer.json()["sessions"] == []
    assert not answer.cookies


def test_what_is_named_already_is_not_named_again(former):
    value, _ = former.jar["refresh_token"]
    former.put("refresh", value, former.former)
    answer = former.fetch("auth/sessions/mine/")
    assert set(answer.cookies) == {"access_token", "refresh_token"}
    assert len(answer.json()["sessions"]) == 1


def test_the_end_of_a_session_is_that_of_its_cookies(browser, ada, yew_auth, clock):
    yew_auth(SESSION_LIFETIME=timedelta(seconds=100))
    browser.sign_in()
    clock.shift(100)
    assert browser.mine() == []
    assert browser.sessions_held() == set()
