"""The two tokens of a session as cookies, which no script can read (`COOKIES`).

Their names hold the session's id. An answer, however late it comes, sets or expires the
cookies of its own session and of no other.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from .conf import yew_auth_settings
from .kind import Kind
from .models import RefreshFamily

# The longest that a browser keeps a cookie (RFC 6265bis, section 5.5). WebKitGTK takes a much
# longer age for an expired one.
_LONGEST = timedelta(days=400)


@dataclass(frozen=True)
class TokenCookie:
    name: str
    path: str

    @classmethod
    def of(cls, kind: Kind, session_id: str) -> "TokenCookie":
        prefix = f"{host_prefix()}{yew_auth_settings.COOKIE_PREFIX}"
        return cls(f"{prefix}-{kind}.{session_id}", _path(kind))

    @classmethod
    def unnamed(cls, kind: Kind) -> "TokenCookie":
        """The one that all sessions shared, before cookies were named after them."""
        return cls(f"{host_prefix()}{kind}_token", _path(kind))

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

    def expire(self, response) -> None:
        self.set(response, "", timedelta(0))


def host_prefix() -> str:
    """With it a browser takes a cookie from the host itself alone, and over https."""
    return "__Host-" if yew_auth_settings.SECURE else ""


def _path(kind: Kind) -> str:
    if yew_auth_settings.SECURE:
        return "/"  # `__Host-` demands it
    # Cookies ignore ports: a narrow path keeps them from other servers of this host.
    return yew_auth_settings.API_PATH if kind is Kind.ACCESS else yew_auth_settings.AUTH_PATH


def set_cookies(response, family: RefreshFamily, tokens: dict[Kind, str]) -> None:
    """Both are kept as long as the refresh token: that the access token expires is for
    the server to judge, not for the browser's clock, which may be wrong.
    """
    keep_for = min(family.current_expires_at - timezone.now(), _LONGEST)
    for kind, token in tokens.items():
        TokenCookie.of(kind, family.session_id).set(response, token, keep_for)


def expire_cookies(response, session_id: str) -> None:
    for kind in Kind:
        TokenCookie.of(kind, session_id).expire(response)
