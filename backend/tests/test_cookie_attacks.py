"""What a sibling subdomain, another port or a copied header can send, and what it gets.

`__Host-` keeps other hosts from setting a cookie of that name. Django strips U+00A0, U+2000,
U+3000 and the like from names, browsers do not: without a reading of the raw header such a
name is a way around the prefix (seen in Chromium, which took one set by a sibling subdomain).
"""

import pytest
from django.http import parse_cookie

from tests.browser import Browser
from tests.cookies import cookie_name, expired_in
from yew_auth_django.models import RefreshFamily

pytestmark = pytest.mark.django_db

ACTS = {
    "read": ("GET", "auth/user/", None),
    "refresh": ("POST", "auth/token/refresh/", {}),
    "sign out": ("POST", "auth/logout/", {}),
    "sign in": ("POST", "auth/login/", {"username": "ada", "password": "correct horse battery"}),
    "register": ("POST", "auth/registration/", {"username": "eve"}),
    "ask for mine": ("GET", "auth/sessions/mine/", None),
}
# What a parser may strip or fold, around and within a name, as a browser sends it.
DISGUISES = {
    "U+00A0 before": "\u00a0{}",
    "U+2000 before": "\u2000{}",
    "U+3000 before": "\u3000{}",
    "U+3000 after": "{}\u3000",
    "U+2028 before": "\u2028{}",
    "U+0085 before": "\x85{}",
    "a form feed before": "\x0c{}",
    "a file separator before": "\x1c{}",
    "a zero-width space before": "\u200b{}",
    "a byte order mark before": "\ufeff{}",
}


@pytest.fixture(autouse=True)
def _over_https(yew_auth):
    yew_auth(COOKIES=True, SECURE=True)


@pytest.fixture
def victim(ada) -> Browser:
    """Signed in, at home."""
    browser = Browser()
    browser.sign_in()
    return browser


@pytest.fixture
def attacker(grace) -> Browser:
    """Signed in, elsewhere: the attacker's own cookies are genuine."""
    browser = Browser()
    browser.sign_in("grace")
    return browser


def header_of(*browsers: Browser) -> str:
    return "; ".join(f"{name}={value}" for b in browsers for name, (value, _) in b.jar.items())


def secure_name(kind: str, session: str) -> str:
    return f"__Host-{cookie_name(kind, session)}"


def token_of(browser: Browser, kind: str) -> str:
    return browser.jar[secure_name(kind, browser.shows)][0]


def as_sent(text: str, encoding: str) -> str:
    """What WSGI hands on of a header's bytes."""
    return text.encode(encoding).decode("latin-1")


def refused(answer) -> bool:
    return (answer.status_code, answer.json().get("code")) == (400, "cookie_conflict")


def everything() -> list:
    return list(RefreshFamily.objects.order_by("pk").values())


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_b7_a_name_that_only_looks_like_ours_is_refused(victim, attacker, disguise, act):
    """The attacker fixes their own session, under the name of the victim's."""
    before = everything()
    for kind in ("access", "refresh"):
        planted = disguise.format(secure_name(kind, victim.shows))
        header = f"{as_sent(planted, 'utf-8')}={token_of(attacker, kind)}"
        answer = victim.call(*ACTS[act], Cookie=header)
        assert refused(answer)
        assert not answer.cookies
    assert everything() == before


@pytest.mark.parametrize("act", ACTS)
def test_b7_nor_does_one_hide_beside_the_real_one(victim, attacker, act):
    for kind in ("access", "refresh"):
        planted = as_sent(f"\u2000{secure_name(kind, attacker.shows)}", "utf-8")
        header = f"{header_of(victim)}; {planted}={token_of(attacker, kind)}"
        assert refused(victim.call(*ACTS[act], Cookie=header))
    assert victim.who() == "ada"


def test_b7_django_would_have_taken_it_for_ours(victim):
    name = secure_name("access", victim.shows)
    assert name in parse_cookie(f"\u2000{name}=x")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_b7_in_either_encoding(victim, attacker, encoding):
    planted = as_sent(f"\u00a0{secure_name('access', victim.shows)}", encoding)
    assert refused(victim.fetch("auth/user/", Cookie=f"{planted}=x"))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("kind", ["access", "refresh"])
def test_b7_two_cookies_of_one_name_are_refused(victim, attacker, kind, act):
    """A sibling subdomain's, or one of another path: nobody can tell which is ours."""
    before = everything()
    name = secure_name(kind, victim.shows)
    header = f"{header_of(victim)}; {name}={token_of(attacker, kind)}"
    answer = victim.call(*ACTS[act], Cookie=header)
    assert refused(answer)
    assert not answer.cookies
    assert everything() == before


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_b7_a_name_in_other_letters_is_refused(victim, change):
    """Browsers compare the prefix without regard to case; servers do not."""
    name = change(secure_name("access", "abcdef" + "0" * 26))
    assert refused(victim.fetch("auth/user/", Cookie=f"{name}=x"))


@pytest.mark.parametrize(
    "name", ["\uff3f_Host-yew-auth-access.{}", "__Ho\u017ft-yew-auth-access.{}"]
)
def test_b7_a_name_in_compatible_letters_is_refused(victim, name):
    planted = as_sent(name.format(victim.shows), "utf-8")
    assert refused(victim.fetch("auth/user/", Cookie=f"{planted}=x"))


@pytest.mark.parametrize("act", ACTS)
def test_b7_a_cookie_without_a_name_is_no_cookie_of_ours(victim, act):
    """Some browsers send it as its value alone: here as if it were the name of ours."""
    assert refused(victim.call(*ACTS[act], Cookie=secure_name("access", victim.shows)))


def test_b7_a_name_without_the_prefix_counts_for_nothing(victim, attacker):
    """Which a sibling subdomain may well set, for the whole site."""
    header = "; ".join(
        f"{cookie_name(kind, attacker.shows)}={token_of(attacker, kind)}"
        for kind in ("access", "refresh")
    )
    stranger = Browser()
    stranger.shows = attacker.shows
    assert stranger.fetch("auth/user/", Cookie=header).status_code == 401
    assert stranger.plain("auth/user/", Cookie=header).status_code == 401
    assert victim.fetch("auth/user/", Cookie=f"{header}; {header_of(victim)}").status_code == 200


@pytest.mark.parametrize("act", ["read", "refresh", "sign out"])
def test_a_session_that_was_planted_is_not_acted_for(victim, attacker, act):
    """Somehow the browser has the attacker's genuine cookies and lacks the page's own."""
    before = everything()
    victim.jar = dict(attacker.jar)
    answer = victim.call(*ACTS[act])
    assert (answer.status_code, answer.json()["code"]) == (409, "another_session")
    assert not answer.cookies
    assert everything() == before


def test_a_session_that_was_planted_beside_the_pages_own_is_not_shown(victim, attacker):
    victim.jar.update(attacker.jar)
    assert victim.who() == "ada"
    assert victim.refresh().status_code == 200
    assert victim.sign_out().status_code == 200
    assert attacker.who() == "grace"


def test_a_conflict_clears_nothing_so_that_it_is_no_way_to_sign_anyone_out(victim):
    planted = as_sent(f"\u3000{secure_name('access', victim.shows)}", "utf-8")
    for act in ACTS.values():
        assert not victim.call(*act, Cookie=f"{header_of(victim)}; {planted}=x").cookies
    assert victim.who() == "ada"


def test_forged_cookies_of_sessions_that_never_were_go_with_the_answer(victim):
    header = "; ".join(f"{secure_name('access', f'{n:032x}')}=x" for n in range(60))
    answer = victim.fetch("auth/sessions/mine/", Cookie=f"{header}; {header_of(victim)}")
    assert [session["session_id"] for session in answer.json()["sessions"]] == [victim.shows]
    assert len(expired_in(answer)) == 120
    assert victim.shows not in "".join(answer.cookies)


def test_many_forged_cookies_cost_one_query(victim, django_assert_num_queries):
    header = "; ".join(f"{secure_name('access', f'{n:032x}')}=x" for n in range(60))
    with django_assert_num_queries(1):
        victim.fetch("auth/sessions/mine/", Cookie=f"{header}; {header_of(victim)}")
