"""A user, a browser without a browser, and a clock that only moves when told to."""

import json
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import override_settings
from rest_framework.test import APIClient

from accounts.models import User
from config.env import Rate
from posts import upstream
from social import discovery
from social.adapter import SocialAccountAdapter
from tests import fake_provider
from tests.cookies import NOBODY, cookie_name, from_the_app, session_of, tokens_in

PASSWORD = "correct horse battery"


class Api(APIClient):
    """The API's client; `/api/` and JSON go without saying."""

    def call(self, method: str, path: str, body=None, token: str | None = None, **headers):
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self.generic(
            method,
            f"/api/{path}",
            b"" if body is None else self._encode_data(body, "json")[0],
            content_type="application/json",
            headers=headers,
        )

    def fetch(self, path: str, token: str | None = None, **headers):
        return self.call("GET", path, token=token, **headers)

    def send(self, path: str, body=None, token: str | None = None, **headers):
        return self.call("POST", path, {} if body is None else body, token=token, **headers)

    def sign_in(self, name: str = "ada", password: str = PASSWORD) -> dict:
        answer = self.send("auth/login/", {"username": name, "password": password})
        assert answer.status_code == 200, answer.content
        return answer.json()

    def refresh(self, token: str):
        return self.send("auth/token/refresh/", {"refresh": token})

    def refreshed(self, token: str) -> dict:
        answer = self.refresh(token)
        assert answer.status_code == 200, answer.content
        return answer.json()


class TokensByCookie(Api):
    """The tests of a session say which token is presented, and read which one is
    answered; here both travel as cookies, and what was set before is forgotten."""

    def call(self, method, path, body=None, token=None, **headers):
        presented = {"access": token, "refresh": presented_refresh_token(body)}
        presented = {kind: token for kind, token in presented.items() if token}
        session = session_of(*presented.values()) if presented else NOBODY
        self.cookies.clear()
        self.cookies.load({cookie_name(kind, session): token for kind, token in presented.items()})
        answer = super().call(method, path, body, **from_the_app(headers, session))
        tokens = tokens_in(answer)
        if tokens:
            answer.json = lambda: {**json.loads(answer.content), **tokens}
        self.cookies.clear()
        return answer


def presented_refresh_token(body) -> str | None:
    """Taken out of the body, so that nobody finds it there."""
    presented = body.pop("refresh", None) if isinstance(body, dict) else None
    return presented if isinstance(presented, str) else None


@pytest.fixture(autouse=True)
def _nothing_is_kept_of_other_servers():
    discovery.DOCUMENTS.clear()
    upstream.DOCUMENTS.clear()


def pytest_collection_modifyitems(items):
    for item in items:
        if {"live_server", "BACKEND"} & vars(item.module).keys():
            item.add_marker("own_server")


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("over_both_transports"):
        metafunc.parametrize("transport", ["bearer", "cookies"], indirect=True)


@pytest.fixture
def transport(request) -> str:
    return getattr(request, "param", "bearer")


@pytest.fixture
def yew_auth(settings):
    """Override some of the settings of yew_auth_django."""

    def override(**changes) -> None:
        settings.YEW_AUTH = {**settings.YEW_AUTH, **changes}

    return override


@pytest.fixture
def api(transport, yew_auth) -> Api:
    if transport == "bearer":
        return Api()
    yew_auth(COOKIES=True)
    return TokensByCookie()


@pytest.fixture
def token_cookies(transport) -> set[str]:
    """The kinds of token that a sign-in sets as cookies."""
    return {"access", "refresh"} if transport == "cookies" else set()


def make_user(username: str, **fields) -> User:
    user = User.objects.create_user(username, f"{username}@example.test", PASSWORD, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    return user


@pytest.fixture
def ada(db) -> User:
    return make_user("ada", first_name="Ada", last_name="Lovelace")


@pytest.fixture
def grace(db) -> User:
    return make_user("grace")


@pytest.fixture
def provider(monkeypatch, settings) -> fake_provider.FakeProvider:
    provider = fake_provider.FakeProvider()
    genuine = SocialAccountAdapter.get_requests_session

    def session_with_provider(adapter):
        session = genuine(adapter)
        session.mount(fake_provider.ISSUER, provider)
        return session

    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", session_with_provider)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [fake_provider.APP]}}
    return provider


@pytest.fixture
def limit(settings):
    """Gives a kind of request a rate of its own, in `times` a minute."""

    def set_rate(scope: str, times: int) -> None:
        settings.THROTTLE_RATES = {**settings.THROTTLE_RATES, scope: Rate(times, 60)}

    return set_rate


@pytest.fixture
def clock():
    with time_machine.travel(datetime(2030, 1, 2, 3, 4, 5, 678_000, UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def mailbox(mailoutbox):
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        yield mailoutbox


@pytest.fixture
def browser():
    from tests.browser import Browser  # which is an Api, from this file

    return Browser()


@pytest.fixture
def both(browser, ada, grace):
    """Ada signed in first, then Grace in the same browser. The page shows Grace."""
    browser.ada = browser.sign_in("ada")
    browser.grace = browser.sign_in("grace")
    return browser
