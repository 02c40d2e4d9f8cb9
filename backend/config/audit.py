"""The events of accounts, one record each in the logger `audit`.

A record has the event, the user's id where it is known, and by the filter of config/log.py
the request's id and the client's address. It has no password, token, name or address: what
somebody has typed may be a password in the wrong field.
"""

import logging
from enum import StrEnum

from .metrics import EVENTS

logger = logging.getLogger("audit")


class Event(StrEnum):
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    REGISTERED = "registered"
    LIMITED = "limited"
    ACCOUNT_CHANGED = "account_changed"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_CHANGE_FAILED = "password_change_failed"
    PASSWORD_RESET_ASKED = "password_reset_asked"
    PASSWORD_RESET = "password_reset"
    PASSWORD_RESET_FAILED = "password_reset_failed"
    SESSIONS_ENDED = "sessions_ended"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_DELETED = "account_deleted"


def record(event: Event, user_id=None, **facts: str | int) -> None:
    EVENTS.labels(event).inc()
    user = None if user_id is None else str(user_id)
    logger.info(
        "%s%s",
        event,
        f" user {user}" if user else "",
        extra={"event": event, "user": user, **facts},
    )
