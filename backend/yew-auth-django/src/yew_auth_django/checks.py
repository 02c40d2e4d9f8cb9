"""What `manage.py check` finds wrong with the app's settings."""

from datetime import timedelta

from django.conf import settings
from django.core.checks import Error, Tags, register

from .conf import DEFAULTS, SETTING, yew_auth_settings

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
    lifetime = yew_auth_settings.SESSION_LIFETIME
    if lifetime < timedelta(seconds=1):
        errors.append(
            Error(f"{SETTING}['SESSION_LIFETIME'] must be at least a second.", id="yew_auth.E004")
        )
    return errors


def is_a_path(path: str) -> bool:
    return path.startswith("/") and path.endswith("/")
