"""A user, a browser without a browser, and a clock that only moves when told to."""

from datetime import UTC, datetime

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import override_settings
from rest_framework.test import APIClient

from accounts.models import User

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


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def api() -> Api:
    return Api()


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
def clock():
    with time_machine.travel(datetime(2030, 1, 2, 3, 4, 5, 678_000, UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def mailbox(mailoutbox):
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        yield mailoutbox
