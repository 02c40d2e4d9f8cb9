"""Reading the environment: each value is checked once, and a bad one is named."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BACKEND_DIR = Path(__file__).resolve().parent.parent

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    value = raw.strip().lower()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 0 or 1, not {raw!r}.")


def integer(name: str, default: int, minimum: int = 0) -> int:
    raw = os.environ.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}.") from error
    if value < minimum:
        raise ImproperlyConfigured(f"{name} must be at least {minimum}, not {value}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origins(name: str, default: str) -> list[str]:
    """A comma-separated list of origins; a trailing slash is forgiven."""
    return [origin.rstrip("/") for origin in words(name, default)]


def secret_key(debug: bool, development_key: str) -> str:
    key = text("SECRET_KEY")
    if key:
        return key
    if debug:
        return development_key
    raise ImproperlyConfigured("SECRET_KEY is required unless DEBUG=1.")


def state_dir() -> Path:
    """The one folder that holds whatever the servers write."""
    folder = Path(text("STATE_DIR") or BACKEND_DIR / "state")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
