"""What `manage.py check` finds wrong with the app's settings."""

import re
from datetime import timedelta
from importlib.util import find_spec

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.checks import Warning as Advice

from .conf import DEFAULTS, SETTING, yew_auth_settings

LEAST = {
    "SESSION_LIFETIME": timedelta(seconds=1),
    "GRACE": timedelta(0),
    "SESSIONS_PER_BROWSER": 1,
    "SESSIONS_PER_USER": 1,
    "REPLAYED_GENERATIONS": 1,
}
ORIGIN = re.compile(r"https?://[^/?#@\s]+")
COOKIE_NAME = re.compile(r"[A-Za-z0-9_-]+")
MIDDLEWARE = "yew_auth_django.middleware.YewAuthMiddleware"


@register(Tags.security)
def check_settings(app_configs, **kwargs) -> list[Error]:
    unknown = sorted(set(getattr(settings, SETTING, {})) - set(DEFAULTS))
    errors = [
        Error(
            f"{SETTING} has no key {name!r}.",
            hint=f"The keys are {', '.join(DEFAULTS)}.",
            id="yew_auth.E001",
        )
        for name in unknown
    ]
    if yew_auth_settings.COOKIES and MIDDLEWARE not in settings.MIDDLEWARE:
        errors.append(
            Error(
                "Tokens travel as cookies, and any site could send them.",
                hint=f"Add {MIDDLEWARE!r} to MIDDLEWARE.",
                id="yew_auth.E002",
            )
        )
    errors += [
        Error(f"{SETTING}[{name!r}] must begin and end with a slash.", id="yew_auth.E003")
        for name in ("API_PATH", "AUTH_PATH")
        if not is_a_path(getattr(yew_auth_settings, name))
    ]
    errors += proof_errors()
    if not yew_auth_settings.AUTH_PATH.startswith(yew_auth_settings.API_PATH):
        errors.append(Error(f"{SETTING}['AUTH_PATH'] must be below API_PATH.", id="yew_auth.E006"))
    errors += [
        Error(f"{SETTING}[{name!r}] must be at least {least}.", id="yew_auth.E004")
        for name, least in LEAST.items()
        if getattr(yew_auth_settings, name) < least
    ]
    if not COOKIE_NAME.fullmatch(yew_auth_settings.COOKIE_PREFIX):
        errors.append(
            Error(
                f"{SETTING}['COOKIE_PREFIX'] must be letters, digits, - and _.", id="yew_auth.E005"
            )
        )
    return errors


def proof_errors() -> list[Error]:
    """What would keep proofs from being asked for, or from holding."""
    errors = []
    if yew_auth_settings.API_ORIGIN and not ORIGIN.fullmatch(yew_auth_settings.API_ORIGIN):
        errors.append(
            Error(f"{SETTING}['API_ORIGIN'] must be like https://api.example.", id="yew_auth.E007")
        )
    if not yew_auth_settings.DPOP_REQUIRED:
        return errors
    if yew_auth_settings.COOKIES:
        errors.append(
            Error(f"{SETTING}['DPOP_REQUIRED'] is for bearer tokens alone.", id="yew_auth.E008")
        )
    if MIDDLEWARE not in settings.MIDDLEWARE:
        errors.append(
            Error(
                "No page learns the nonce for its proofs.",
                hint=f"Add {MIDDLEWARE!r} to MIDDLEWARE.",
                id="yew_auth.E009",
            )
        )
    if find_spec("cryptography") is None:
        errors.append(
            Error(
                "No proof can be verified.",
                hint="Install yew-auth-django[dpop].",
                id="yew_auth.E010",
            )
        )
    return errors


@register(Tags.security, deploy=True)
def check_proxy(app_configs, **kwargs) -> list[Advice]:
    """Behind a proxy that takes https, Django takes each request for http."""
    is_told = (
        yew_auth_settings.ORIGINS is not None
        or settings.CSRF_TRUSTED_ORIGINS
        or settings.SECURE_PROXY_SSL_HEADER
    )
    if is_told or not (yew_auth_settings.COOKIES and yew_auth_settings.SECURE):
        return []
    return [
        Advice(
            "Nobody has said at which origin the app is: behind a proxy that takes https, "
            "every sign-in is refused.",
            hint=f"Set {SETTING}['ORIGINS'], such as ['https://app.example'].",
            id="yew_auth.W001",
        )
    ]


def is_a_path(path: str) -> bool:
    return path.startswith("/") and path.endswith("/")
