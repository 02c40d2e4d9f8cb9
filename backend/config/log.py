"""What the servers say: lines for a person, or JSON for a machine.

With JSON each record is one line on stdout, with the id and the client's address of the
request it belongs to. Logger `access` has one record for each request, logger `audit` one
for each event of an account.
"""

import logging
import warnings
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

from . import env

# It reads a setting that allauth has renamed, and also the new one.
warnings.filterwarnings("ignore", message=".*AUTHENTICATION_METHOD is deprecated")

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True)
class RequestFacts:
    """What each record of a request tells of it."""

    request_id: str
    client: str


CURRENT: ContextVar[RequestFacts | None] = ContextVar("current_request", default=None)


class RequestFilter(logging.Filter):
    """Adds the request's facts to a record; outside of requests there are none."""

    def filter(self, record: logging.LogRecord) -> bool:
        facts = CURRENT.get()
        if facts is not None:
            record.request_id, record.client = facts.request_id, facts.client
        return True


def is_json(*, json_by_default: bool) -> bool:
    value = env.text("LOG_FORMAT", "json" if json_by_default else "line")
    if value not in ("json", "line"):
        raise ImproperlyConfigured(f"LOG_FORMAT must be json or line, not {value!r}.")
    return value == "json"


def logging_settings(*, json_by_default: bool) -> dict:
    """Python's logging configuration, for Django."""
    form = "json" if is_json(json_by_default=json_by_default) else "line"
    return {
        **_base(form),
        "root": {"handlers": ["console"], "level": _level()},
        "loggers": {
            # Django's own handlers would say it a second time.
            "django": {"handlers": []},
            # A 4xx has its line in the access log already.
            "django.request": {"level": "ERROR"},
            # gunicorn says it with lines.
            "access": {"level": "INFO" if form == "json" else "ERROR"},
            "audit": {"level": "INFO"},
            # Sessions that are revoked, and why.
            "yew_auth_django": {"level": "INFO"},
        },
    }


def gunicorn_logging() -> dict:
    """The same for what gunicorn says by itself."""
    return {
        **_base("json"),
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
        },
    }


def _base(form: str) -> dict:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request": {"()": "config.log.RequestFilter"}},
        "formatters": {
            "line": {"format": "{levelname} {name}: {message}", "style": "{"},
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "format": "{asctime}{levelname}{name}{message}",
                "style": "{",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            },
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["request"],
                **({"stream": "ext://sys.stdout"} if form == "json" else {}),
            }
        },
    }


def _level() -> str:
    value = env.text("LOG_LEVEL", "WARNING").upper()
    if value not in _LEVELS:
        raise ImproperlyConfigured(f"LOG_LEVEL must be one of {', '.join(_LEVELS)}, not {value!r}.")
    return value
