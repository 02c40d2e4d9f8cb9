"""Which requests COOKIE_MODE=1 takes for the app's own."""

import re

import pytest
from django.forms.models import model_to_dict
from django.urls import get_resolver

from accounts.models import User
from tests.conftest import PASSWORD, Api
from tests.cookies import APP, NOBODY, from_the_app
from yew_auth_django.models import RefreshFamily

pytestmark = pytest.mark.django_db

ABSENT = object()
FOREIGN = {
    "a page of another site": {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"},
    "another port of this host": {
        "Origin": "http://127.0.0.1:8022",
        "Sec-Fetch-Site": "same-site",
    },
    "the API's own host, not listed": {"Origin": "http://testserver"},
    "a sandboxed frame, or a form under no-referrer": {"Origin": "null"},
    "an origin that begins as ours": {"Origin": f"{APP}.evil.test"},
    "ours in plain text over https": {"Origin": APP.replace("http:", "https:")},
    "no origin": {"Origin": ABSENT},
    "nothing at all": {"Origin": ABSENT, "Sec-Fetch-Site": ABSENT, "X-Session-Id": ABSENT},
    "a browser that says cross-site": {"Sec-Fetch-Site": "cross-site"},
    "an address typed by hand": {"Sec-Fetch-Site": "none"},
    "no header of the app": {"X-Session-Id": ABSENT},
    "another header": {"X-Session-Id": "0"},
    "a session's id in capital letters": {"X-Session-Id": "A" * 32},
    "a session's id and more": {"X-Session-Id": f"{'a' * 32}, none"},
    "the header of before": {"X-Session-Id": ABSENT, "X-CSRF": "1"},
}
ACTS = {
    "refresh": ("POST", "auth/token/refresh/", {}),
    "sign out": ("POST", "auth/logout/", {}),
    "sign in": ("POST", "auth/login/", {"username": "grace", "password": PASSWORD}),
    "register": (
        "POST",
        "auth/registration/",
        {
            "username": "alan",
            "email": "alan@example.test",
            "password1": "universal machine",
            "password2": "universal machine",
        },
    ),
    "change the name": ("PATCH", "auth/user/", {"first_name": "Eve"}),
    "change the password": (
        "POST",
        "auth/password/change/",
        {"old_password": PASSWORD, "new_password1": "eve's own", "new_password2": "eve's own"},
    ),
}


@pytest.fixture(autouse=True)
def _cookie_mode(yew_auth):
    yew_auth(COOKIES=True)


@pytest.fixture
def browser(ada, grace) -> Api:
    browser = Api()
    credentials = {"username": "ada", "password": PASSWORD}
    answer = browser.send("auth/login/", credentials, **from_the_app())
    assert answer.status_code == 200
    browser.shows = answer.json()["session_id"]
    return browser


def everything() -> list[dict]:
    return [model_to_dict(row) for model in (RefreshFamily, User) for row in model.objects.all()]


def act(browser, name: str, headers: dict):
    method, path, body = ACTS[name]
    headers = from_the_app(headers, getattr(browser, "shows", NOBODY))
    headers = {name: value for name, value in headers.items() if value is not ABSENT}
    return browser.call(method, path, body, **headers)


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("name", ACTS)
def test_b5_a_request_that_is_not_the_apps_own_is_403_and_changes_nothing(browser, name, headers):
    before = everything()
    answer = act(browser, name, headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert everything() == before


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_b5_nor_does_it_without_a_cookie(browser, headers):
    assert act(Api(), "sign in", headers).status_code == 403


def endpoints(patterns, below: str = ""):
    for entry in patterns:
        path = below + re.sub("<.*?>", "acme", str(entry.pattern))
        if hasattr(entry, "url_patterns"):
            yield from endpoints(entry.url_patterns, path)
        else:
            yield path.removeprefix("api/")


def is_refused(answer) -> bool:
    return answer.status_code == 403 and answer.json()["code"] == "csrf_failed"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_b5_no_endpoint_is_left_out(browser, method):
    paths = set(endpoints(get_resolver().url_patterns))
    assert paths > {path for _, path, _ in ACTS.values()}
    answers = {path: browser.call(method, path, {}) for path in paths}
    assert {path for path, answer in answers.items() if not is_refused(answer)} == set()


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": ABSENT}],
    ids=["same origin", "another port of the site", "a browser that does not say"],
)
def test_the_apps_own_request_is_answered(browser, name, headers):
    assert act(browser, name, headers).status_code in (200, 201)


def test_reading_takes_no_proof(browser):
    assert browser.fetch("auth/user/").status_code == 200
    headers = {"X-Session-Id": browser.shows}
    assert browser.fetch("auth/user/", **headers).status_code == 200


def test_without_cookie_mode_nothing_is_to_be_proved(yew_auth, ada):
    yew_auth(COOKIES=False)
    assert Api().send("auth/login/", {"username": "ada", "password": PASSWORD}).status_code == 200


def test_c24_behind_a_proxy_that_takes_https_people_sign_in_and_stay(settings, yew_auth, ada):
    settings.ALLOWED_HOSTS = ["backend-7"]
    public = "https://app.example.org"
    yew_auth(SECURE=True, ORIGINS=[public])
    api, app = Api(), {"Origin": public, "Host": "backend-7", "X-Session-Id": "none"}
    login = {"username": "ada", "password": PASSWORD}
    answer = api.send("auth/login/", login, **app)
    assert answer.status_code == 200
    assert answer.cookies
    assert all(name.startswith("__Host-") and c["secure"] for name, c in answer.cookies.items())
    app["X-Session-Id"] = answer.json()["session_id"]
    assert api.send("auth/token/refresh/", **app).status_code == 200
    assert api.fetch("auth/user/", **app).status_code == 200


def test_c24_a_refused_origin_is_logged_with_the_setting_that_names_the_apps_own(caplog, ada):
    login = {"username": "ada", "password": PASSWORD}
    app = {"Origin": "https://app.example.org", "X-Session-Id": "none"}
    assert Api().send("auth/login/", login, **app).status_code == 403
    assert "https://app.example.org" in caplog.text
    assert "YEW_AUTH['ORIGINS']" in caplog.text
