"""Django's DATABASES entry for SQLite, or for PostgreSQL by URL."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# The longest transactions hash a password, in a third of a second. A proxy asks another host after
# ten seconds, which must then have the session to itself.
IDLE_IN_TRANSACTION = "8s"


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
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
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
        # The URL may say otherwise.
        "OPTIONS": {
            # A query that a connection asks again is planned no more.
            "server_side_binding": True,
            "prepare_threshold": _prepare_threshold(options.pop("prepare_threshold", "5")),
            # A database that does not answer at all is given up.
            "connect_timeout": "5",
            # A host that is paused within a refresh must not keep its session from all others.
            "options": f"-c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION}",
            **options,
        },
    }


def _prepare_threshold(text: str) -> int | None:
    """How often a query is asked before it is prepared; None if none ever is."""
    if not text:
        return None
    if not text.isdecimal():
        raise ImproperlyConfigured("prepare_threshold in DATABASE_URL must be a whole number.")
    return int(text)
