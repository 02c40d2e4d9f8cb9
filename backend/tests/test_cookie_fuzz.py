"""Whatever comes in a cookie's name, its value or the session header: a typed answer."""

import re
import string
from urllib.parse import quote

import pytest
from django.http import parse_cookie
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tests.browser import Browser
from yew_auth_django.errors import CookieConflictError
from yew_auth_django.jar import Jar
from yew_auth_django.models import RefreshFamily
from yew_auth_django.session_name import is_session_id

FUZZ = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FUZZ_SERVER = settings(FUZZ, max_examples=60)
SESSION = "0123456789abcdef" * 2
OURS = [f"yew-auth-{kind}.{SESSION}" for kind in ("access", "refresh")]
ours = st.sampled_from(OURS)
latin_1 = st.text(st.characters(codec="latin-1"), max_size=40)
# As it stands in the header: a browser writes UTF-8, WSGI reads Latin-1.
utf_8 = st.text(max_size=20).map(lambda text: text.encode("utf-8", "replace").decode("latin-1"))
noise = st.one_of(latin_1, utf_8, st.text(string.whitespace + "\x1c\x85\xa0", max_size=4))
disguised = st.builds("{}{}{}".format, noise, ours, noise)
recased = st.builds(
    lambda name, upper: "".join(c.upper() if u else c for c, u in zip(name, upper, strict=False)),
    ours,
    st.lists(st.booleans(), min_size=50, max_size=60),
)
names = st.one_of(ours, disguised, recased, noise)
pairs = st.one_of(st.builds("{}={}".format, names, noise), names)
headers = st.lists(pairs, max_size=5).map("; ".join)


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


def names_by_django(header: str) -> set[str]:
    """As a project that uses `request.COOKIES` would read them."""
    readings = {header, header.encode("latin-1").decode("utf-8", "replace")}
    return {name for reading in readings for name in parse_cookie(reading)}


def exactly(name: str, header: str) -> list[str]:
    """RFC 6265's reading, written another way."""
    space = r"[ \t]*"
    pattern = rf"(?:\A|;){space}{re.escape(name)}{space}={space}([^;]*?){space}(?=;|\Z)"
    return re.findall(pattern, header)


def jar_of(header: str) -> Jar | None:
    try:
        return Jar(header)
    except CookieConflictError:
        return None


@FUZZ
@given(headers)
@example(f"\xe2\x80\x80{OURS[0]}=x")
@example(f"{OURS[0]}=a; {OURS[0]}=b")
@example(f"\xa0{OURS[0]}=x")
def test_no_header_is_read_otherwise_than_exactly_or_not_at_all(header):
    jar = jar_of(header)
    assume(jar is not None)
    assert all(is_session_id(session) for session in jar.sessions)
    for name in OURS:
        kind = name.removeprefix("yew-auth-").partition(".")[0]
        read = getattr(jar.tokens(SESSION), kind)
        assert exactly(name, header) == ([] if read is None else [read])


@FUZZ
@given(headers)
def test_what_django_would_take_for_ours_is_ours_or_refused(header):
    jar = jar_of(header)
    assume(jar is not None)
    for name in names_by_django(header) & set(OURS):
        kind = name.removeprefix("yew-auth-").partition(".")[0]
        assert getattr(jar.tokens(SESSION), kind) is not None


@FUZZ
@given(st.builds("{}{}{}".format, st.text(" \t", max_size=3), ours, st.text(" \t", max_size=3)))
def test_spaces_and_tabs_around_a_name_do_not_matter(name):
    assert jar_of(f"{name}=x") is not None


@FUZZ
@given(recased)
def test_a_name_in_other_letters_is_refused(name):
    assume(name not in OURS)
    assert jar_of(f"{name}=x") is None


def act_on_everything(browser: Browser, **headers) -> set[tuple[int, str | None]]:
    answers = [
        browser.fetch("auth/user/", **headers),
        browser.fetch("auth/sessions/mine/", **headers),
        browser.send("auth/token/refresh/", **headers),
        browser.send("auth/logout/", **headers),
    ]
    return {(answer.status_code, answer.json().get("code")) for answer in answers}


@FUZZ_SERVER
@given(headers)
@pytest.mark.django_db
def test_no_cookie_makes_the_server_fail_or_changes_anything(ada, header):
    browser = Browser()
    browser.sign_in()
    before = list(RefreshFamily.objects.values())
    browser.shows = SESSION
    assert act_on_everything(browser, Cookie=header) <= {
        (200, None),  # mine
        (400, "cookie_conflict"),
        (401, None),
        (401, "token_not_valid"),
        (401, "not_authenticated"),
    }
    assert list(RefreshFamily.objects.values()) == before
    RefreshFamily.objects.all().delete()


@FUZZ_SERVER
@given(st.text(st.characters(codec="latin-1", exclude_characters=";"), max_size=200))
@pytest.mark.django_db
def test_no_token_makes_the_server_fail(value):
    browser = Browser()
    browser.shows = SESSION
    header = "; ".join(f"{name}={value}" for name in OURS)
    assert {status for status, _ in act_on_everything(browser, Cookie=header)} <= {200, 401}


header_values = st.one_of(
    st.text(st.characters(codec="latin-1"), max_size=40),
    st.text("0123456789abcdefABCDEF", min_size=30, max_size=34),
    st.text("none \t", max_size=6),
)


@FUZZ_SERVER
@given(header_values)
@example("NONE")
@example(f"{SESSION}\n")
@pytest.mark.django_db
def test_no_session_header_but_an_id_or_none_is_the_apps_own(value):
    browser = Browser()
    assume(value != "none" and not is_session_id(value))
    answers = act_on_everything(browser, **{"X-Session-Id": value})
    assert answers == {(403, "csrf_failed")}


@FUZZ_SERVER
@given(st.text(max_size=40))
@pytest.mark.django_db
def test_no_session_in_the_address_makes_the_server_fail(ada, value):
    browser = Browser()
    browser.sign_in()
    assume(value != "none" and not is_session_id(value))
    answer = browser.plain(f"auth/user/?session={quote(value, errors='replace')}")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    RefreshFamily.objects.all().delete()
