"""People, and a browser that speaks to a stock project over https."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from rest_framework.test import APIClient

from .app import ORIGIN, PASSWORD, SERVER
from .prover import BoundPage


class Browser(APIClient):
    """One page of the app, on the origin that serves the API, and the browser's cookies."""

    shows = "none"

    def request(self, **environ):
        page = {
            "HTTP_ORIGIN": ORIGIN,
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_X_SESSION_ID": self.shows,
        }
        return super().request(**{**page, **environ, **SERVER})

    def sign_in(self, name: str = "ada"):
        return self.take_up(self.post("/api/auth/login/", {"username": name, "password": PASSWORD}))

    def take_up(self, answer):
        """The page shows from now on whom the answer has signed in."""
        self.shows = answer.json().get("session_id", self.shows)
        return answer

    def refresh(self, **body):
        return self.post("/api/auth/token/refresh/", body)

    def sign_out(self, **body):
        return self.post("/api/auth/logout/", body)

    def who(self):
        return self.get("/api/auth/user/")


@pytest.fixture
def browser() -> Browser:
    return Browser()


@pytest.fixture
def ada(db) -> User:
    return User.objects.create_user("ada", "ada@example.test", PASSWORD)


@pytest.fixture
def yew_auth(settings):
    """Override some of the settings of the package."""

    def override(**changes) -> None:
        settings.YEW_AUTH = {**getattr(settings, "YEW_AUTH", {}), **changes}

    return override


@pytest.fixture
def over_bearer_tokens(yew_auth):
    yew_auth(COOKIES=False)
    cache.clear()


@pytest.fixture
def page(ada) -> BoundPage:
    """Signed in, with a session that is bound to its key."""
    page = BoundPage()
    assert page.sign_in().status_code == 200
    return page
