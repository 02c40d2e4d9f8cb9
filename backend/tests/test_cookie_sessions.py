"""Over cookies each session has cookies of its own, and each request names its session."""

from datetime import timedelta

import jwt
import pytest
from django.test import RequestFactory
from django.utils import timezone

from tests.browser import Browser
from tests.conftest import PASSWORD
from tests.cookies import NOBODY, cookie_name, expired_in
from yew_auth_django.authentication import FamilyAuthentication
from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = pytest.mark.django_db

STRANGER = "0" * 32


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def both(browser, ada, grace) -> Browser:
    """Ada signed in first, then Grace in the same browser. The page shows Grace."""
    browser.ada = browser.sign_in("ada")
    browser.grace = browser.sign_in("grace")
    return browser


def both_of(*sessions: str) -> set[str]:
    return {cookie_name(kind, session) for session in sessions for kind in ("access", "refresh")}


def family(session: str) -> RefreshFamily:
    return RefreshFamily.objects.get(pk=session)


def code(answer) -> tuple[int, str | None]:
    return answer.status_code, answer.json().get("code")


# ---- A request is served for the session that it names ----


def test_two_people_are_signed_in_side_by_side(both):
    assert both.tab(both.ada).who() == "ada"
    assert both.tab(both.grace).who() == "grace"


def test_a_sign_in_sets_cookies_of_its_own_and_touches_no_other(both):
    answer = both.send("auth/login/", {"username": "grace", "password": PASSWORD})
    assert set(answer.cookies) == both_of(answer.json()["session_id"])
    assert RefreshFamily.objects.unrevoked().count() == 3
    assert both.tab(both.ada).who() == "ada"


def test_a_sign_out_ends_the_session_it_names_and_expires_its_cookies_alone(both):
    answer = both.tab(both.ada).sign_out()
    assert answer.status_code == 200
    assert expired_in(answer) == set(answer.cookies) == both_of(both.ada)
    assert family(both.ada).revocation == Revocation.SIGNED_OUT
    assert both.who() == "grace"
    assert both.refresh().status_code == 200


def test_a_late_sign_out_of_the_first_leaves_the_second_signed_in(browser, ada, grace):
    first = browser.sign_in("ada")
    late = browser.tab(first).copy()
    browser.sign_in("grace")
    answer = late.sign_out()
    assert answer.status_code == 200
    browser.keep(answer)  # it was held back on its way
    assert browser.who() == "grace"
    assert browser.refresh().status_code == 200


def test_a_late_refresh_of_the_first_leaves_the_second_signed_in(browser, ada, grace):
    first = browser.sign_in("ada")
    late = browser.tab(first).copy()
    browser.sign_in("grace")
    answer = late.refresh()
    assert set(answer.cookies) == both_of(first)
    browser.keep(answer)
    assert browser.who() == "grace"
    assert browser.tab(first).who() == "ada"


def test_a_refresh_sets_the_cookies_of_its_session_alone(both):
    answer = both.tab(both.ada).refresh()
    assert answer.json()["session_id"] == both.ada
    assert set(answer.cookies) == both_of(both.ada)


def test_a_refused_refresh_expires_the_cookies_of_its_session_alone(both):
    family(both.ada).revoke(Revocation.TOKEN_REUSED)
    answer = both.tab(both.ada).refresh()
    assert code(answer) == (401, "token_not_valid")
    assert set(answer.cookies) == expired_in(answer) == both_of(both.ada)
    assert both.who() == "grace"


def test_a_token_is_good_under_the_name_of_its_own_session_alone(both):
    for kind in ("access", "refresh"):
        both.put(kind, both.token(kind, both.grace), both.ada)
    page = both.tab(both.ada)
    assert code(page.fetch("auth/user/")) == (401, "token_not_valid")
    assert page.refresh().status_code == 401
    assert both.tab(both.grace).who() == "grace"


# ---- Another session ----

ACTS = {
    "read": ("GET", "auth/user/", None),
    "read elsewhere": ("GET", "posts/", None),
    "write": ("PATCH", "auth/user/", {"first_name": "Eve"}),
    "refresh": ("POST", "auth/token/refresh/", {}),
    "sign out": ("POST", "auth/logout/", {}),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_session_that_the_browser_does_not_hold_is_409_if_it_holds_another(both, act):
    page = both.tab(STRANGER)
    before = list(RefreshFamily.objects.order_by("pk").values())
    answer = page.call(*ACTS[act])
    assert code(answer) == (409, "another_session")
    assert "detail" in answer.json()
    assert not answer.cookies
    assert list(RefreshFamily.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("act", ACTS)
def test_a_session_that_the_browser_does_not_hold_is_401_if_it_holds_none(browser, db, act):
    browser.shows = STRANGER
    assert browser.call(*ACTS[act]).status_code == 401


@pytest.mark.parametrize("act", ACTS)
def test_a_dead_session_is_no_other_session_and_its_cookies_may_go(both, act):
    RefreshFamily.objects.revoke(Revocation.SIGNED_OUT)
    answer = both.tab(STRANGER).call(*ACTS[act])
    assert answer.status_code == 401
    assert expired_in(answer) >= both_of(both.ada, both.grace)


@pytest.mark.parametrize("act", ACTS)
def test_nobody_is_401_whoever_is_signed_in(both, act):
    answer = both.tab(NOBODY).call(*ACTS[act])
    assert answer.status_code == 401
    assert not answer.cookies


def test_a_409_expires_the_cookies_of_dead_sessions_and_no_others(both):
    family(both.ada).revoke(Revocation.SIGNED_OUT)
    answer = both.tab(STRANGER).fetch("auth/user/")
    assert code(answer) == (409, "another_session")
    assert set(answer.cookies) == expired_in(answer) == both_of(both.ada)
    assert both.who() == "grace"


def test_the_page_of_a_dead_session_is_told_so_by_its_refresh_not_shown_another(both):
    family(both.ada).revoke(Revocation.SIGNED_OUT)
    page = both.tab(both.ada)
    answer = page.fetch("posts/")
    assert code(answer) == (401, "token_not_valid")
    assert not answer.cookies
    answer = page.refresh()
    assert code(answer) == (401, "token_not_valid")
    assert set(answer.cookies) == expired_in(answer) == both_of(both.ada)


def test_an_expired_access_token_is_401_and_keeps_its_cookies(both, clock):
    page = both.tab(both.sign_in("ada"))
    clock.shift(3600)
    answer = page.fetch("posts/")
    assert code(answer) == (401, "token_not_valid")
    assert not answer.cookies
    assert page.refresh().status_code == 200


# ---- What cannot carry a header ----


def test_a_link_names_its_session_in_the_address(both):
    for session, name in ((both.ada, "ada"), (both.grace, "grace")):
        answer = both.plain(f"auth/user/?session={session}")
        assert answer.json()["username"] == name


def test_a_link_to_a_session_that_is_not_held_is_409(both):
    assert code(both.plain(f"auth/user/?session={STRANGER}")) == (409, "another_session")


def test_a_link_of_nobody_is_401(both):
    assert both.plain("auth/user/?session=none").status_code == 401


def test_without_a_name_the_only_live_session_is_served(both):
    family(both.ada).revoke(Revocation.SIGNED_OUT)
    answer = both.plain("auth/user/")
    assert answer.json()["username"] == "grace"
    assert expired_in(answer) == both_of(both.ada)


def test_without_a_name_several_live_sessions_are_409(both):
    assert code(both.plain("auth/user/")) == (409, "session_required")
    assert both.plain("social/").status_code == 200  # whom nobody needs to sign in for


def test_without_a_name_no_session_is_401(browser, db):
    assert browser.plain("auth/user/").status_code == 401


def test_the_only_session_is_not_served_with_an_expired_access_token(browser, ada, clock):
    browser.sign_in()
    clock.shift(3600)
    assert browser.plain("auth/user/").status_code == 401


@pytest.mark.parametrize("query", ["session=x", "session=", f"session={STRANGER}&session=none"])
def test_a_name_in_the_address_that_is_none_is_403(both, query):
    assert code(both.plain(f"auth/user/?{query}")) == (403, "csrf_failed")


def test_a_header_outweighs_the_address(both):
    answer = both.tab(both.ada).fetch(f"auth/user/?session={both.grace}")
    assert answer.json()["username"] == "ada"


def test_the_address_names_no_session_for_what_changes_something(both):
    answer = both.call(
        "PATCH", f"auth/user/?session={both.ada}", {"first_name": "E"}, **{"X-Session-Id": NOBODY}
    )
    assert answer.status_code == 401


def test_without_a_header_nobody_changes_anything_where_no_proof_is_asked_for(browser, ada):
    """As in a view that is exempt because what it does is anybody's to ask for."""
    browser.sign_in()
    cookie = f"{cookie_name('access', browser.shows)}={browser.token('access')}"
    factory = RequestFactory()
    authenticate = FamilyAuthentication().authenticate
    assert authenticate(factory.get("/", headers={"Cookie": cookie}))[0] == ada
    assert authenticate(factory.post("/", headers={"Cookie": cookie})) is None


def test_a_cache_does_not_answer_one_session_with_anothers(both):
    assert "X-Session-Id" in both.fetch("posts/").headers["Vary"]
    link = both.plain(f"auth/user/?session={both.ada}").headers["Vary"]
    assert {"X-Session-Id", "Cookie"} <= set(link.split(", "))


def test_what_nobody_is_asked_for_is_the_same_for_all(both):
    assert "Cookie" not in both.plain("social/").headers.get("Vary", "")


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
