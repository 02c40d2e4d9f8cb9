"""Django's DATABASES entry for SQLite, or for PostgreSQL by URL."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def sqlite(path: str | Path) -> dict:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that reads before it writes must take the write lock at
            # its start: SQLite has no row locks, and upgrading later can fail.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def postgresql(url: str) -> dict:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or postgresql://.")
    return {
        "ENGINE": "config.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # No result here is long. A cursor takes three round trips in place of one, and PgBouncer
        # may hand each of them to another connection.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # A host that does not answer at all is given up; the URL may say otherwise.
        "OPTIONS": {"connect_timeout": "5", **dict(parse_qsl(parts.query))},
    }
