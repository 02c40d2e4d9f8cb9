"""Reading the environment: each value is checked once, and a bad one is named."""

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKEND_DIR = Path(__file__).resolve().parent.parent

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
# RFC 7518, section 3.2: a key for HS256 has at least as many bits as its hash.
_KEY_BYTES = 32
_DISTINCT_CHARACTERS = 5
_PORTS = {"http": 80, "https": 443}
_HOW_TO_MAKE_A_KEY = "make one with `openssl rand -hex 32`"


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


@dataclass(frozen=True)
class Rate:
    """So many times in so many seconds."""

    times: int
    seconds: int


def rate(name: str, default: str) -> Rate | None:
    """A rate such as `30/min`; None where there is none."""
    value = text(name, default)
    if not value:
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,6})/(s|min|h|d)[a-z]*", value)
    if not found:
        raise ImproperlyConfigured(f"{name} must be a rate such as 30/min or 10/h, not {value!r}.")
    return Rate(int(found[1]), {"s": 1, "min": 60, "h": 3600, "d": 86400}[found[2]])


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origin(name: str, value: str, *, loopback_http: bool) -> str:
    """An origin as a browser writes it. `http` only on this machine, and only if allowed."""
    parts = urlsplit(value.rstrip("/"))
    written = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in _PORTS or written.lower() != value.rstrip("/").lower() or "@" in written:
        raise ImproperlyConfigured(
            f"{name} must hold origins such as https://app.example.org, not {value!r}."
        )
    if parts.scheme == "http" and not (loopback_http and is_loopback(parts.hostname or "")):
        raise ImproperlyConfigured(
            f"{name} must begin with https://, not {value!r}. "
            "Only with DEBUG=1 or LOOPBACK_ONLY=1 may it be http:// on this machine."
        )
    # Browsers write neither capitals nor the port that goes without saying.
    return written.lower().removesuffix(f":{_PORTS[parts.scheme]}")


def origins(name: str, default: str, *, loopback_http: bool) -> list[str]:
    """A comma-separated list of origins, at least one; a trailing slash is forgiven."""
    found = [origin(name, word, loopback_http=loopback_http) for word in words(name, default)]
    if not found:
        raise ImproperlyConfigured(
            f"{name} is required: set it to the app's origin, such as https://app.example.org."
        )
    return found


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def key(name: str, development_key: str | None) -> str:
    """A secret key. `development_key` is taken where there is none; None requires one."""
    value = text(name)
    if value:
        return strong(name, value)
    if development_key is None:
        raise ImproperlyConfigured(f"{name} is required unless DEBUG=1: {_HOW_TO_MAKE_A_KEY}.")
    return development_key


def optional_key(name: str) -> str | None:
    """What it opens is shut where there is none."""
    value = text(name)
    return strong(name, value) if value else None


def former_keys(name: str) -> list[str]:
    """Keys that sign nothing any more, and whose signatures still count."""
    return [strong(name, word) for word in words(name)]


def strong(name: str, value: str) -> str:
    if len(value.encode()) < _KEY_BYTES or len(set(value)) < _DISTINCT_CHARACTERS:
        raise ImproperlyConfigured(
            f"{name} must be at least {_KEY_BYTES} random bytes: {_HOW_TO_MAKE_A_KEY}."
        )
    return value


def state_dir() -> Path:
    """The one folder that holds whatever the servers write, for their own user alone."""
    # Databases, mails and keys are made later, by libraries that ask for no mode.
    os.umask(0o077)
    folder = Path(text("STATE_DIR") or BACKEND_DIR / "state")
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)
    return folder
