"""Over cookies each session has cookies of its own, and each request names its session."""

import pytest
from django.test import RequestFactory

from tests.conftest import PASSWORD
from tests.cookies import NOBODY, STRANGER, both_of, cookie_name, expired_in, family
from yew_auth_django.authentication import FamilyAuthentication
from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


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
