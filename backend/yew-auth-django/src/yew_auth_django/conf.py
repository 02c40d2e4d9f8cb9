"""The app's settings: the project's `YEW_AUTH`, completed by defaults.

What each means is in README.md. The lifetimes of the two tokens are simplejwt's settings.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

SETTING = "YEW_AUTH"
# Which session a request over cookies speaks for. CORS must allow it.
SESSION_HEADER = "X-Session-Id"
# Proofs over bearer tokens, and nonces for them (RFC 9449). CORS must allow the one and
# expose the other.
PROOF_HEADER = "DPoP"
NONCE_HEADER = "DPoP-Nonce"


def _is_served_over_https() -> bool:
    return not settings.DEBUG


# A callable is asked each time: its answer depends on other settings.
DEFAULTS = {
    "COOKIES": True,
    "SECURE": _is_served_over_https,
    "COOKIE_PREFIX": "yew-auth",
    "API_PATH": "/api/",
    "AUTH_PATH": "/api/auth/",
    "ORIGINS": None,
    "SESSION_LIFETIME": timedelta(days=30),
    "SESSIONS_PER_BROWSER": 5,
    "SESSIONS_PER_USER": 50,
    "GRACE": timedelta(hours=24),
    "REPLAYED_GENERATIONS": 3,
    "DPOP_REQUIRED": False,
    "DPOP_FIRST_USE": "yew_auth_django.dpop.is_first_use",
    "API_ORIGIN": None,
}
# Named by their dotted path.
FUNCTIONS = {"DPOP_FIRST_USE"}


class YewAuthSettings:
    """Reads the project's settings each time, so that tests can override them."""

    def __getattr__(self, name: str) -> Any:
        try:
            default = DEFAULTS[name]
        except KeyError:
            raise AttributeError(f"yew_auth_django has no setting {name!r}") from None
        given = getattr(settings, SETTING, {})
        value = given[name] if name in given else default() if callable(default) else default
        return import_string(value) if name in FUNCTIONS and isinstance(value, str) else value


yew_auth_settings = YewAuthSettings()
