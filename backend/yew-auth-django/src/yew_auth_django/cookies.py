"""The two tokens as cookies, which no script can read (`COOKIES`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from .conf import yew_auth_settings


@dataclass(frozen=True)
class TokenCookie:
    name: str
    path: str

    def read(self, request) -> str | None:
        return request.COOKIES.get(self.name)

    def set(self, response, token: str, keep_for: timedelta) -> None:
        response.set_cookie(
            self.name,
            token,
            max_age=keep_for,
            path=self.path,
            secure=yew_auth_settings.SECURE,
            httponly=True,
            # The app's page needs no cookie, only its requests do: even a page that
            # was reached from a provider sends Strict ones.
            samesite="Strict",
        )

    def clear(self, response) -> None:
        self.set(response, "", timedelta(0))


def _cookie(name: str, path: str) -> TokenCookie:
    name = f"{yew_auth_settings.COOKIE_PREFIX}{name}"
    if yew_auth_settings.SECURE:
        return TokenCookie(f"__Host-{name}", "/")  # the prefix demands this path
    # Cookies ignore ports: a narrow path keeps them from other servers of this host.
    return TokenCookie(name, path)


def access_cookie() -> TokenCookie:
    return _cookie("access_token", yew_auth_settings.API_PATH)


def refresh_cookie() -> TokenCookie:
    return _cookie("refresh_token", yew_auth_settings.AUTH_PATH)


def hand_over(response) -> None:
    """Move the tokens from the answer's body into cookies.

    Both are kept as long as the refresh token: that the access token expires is for
    the server to judge, not for the browser's clock, which may be wrong.
    """
    body = response.data
    keep_for = datetime.fromisoformat(body["refresh_expiration"]) - timezone.now()
    access_cookie().set(response, body.pop("access"), keep_for)
    refresh_cookie().set(response, body.pop("refresh"), keep_for)


def take_back(response) -> None:
    access_cookie().clear(response)
    refresh_cookie().clear(response)
