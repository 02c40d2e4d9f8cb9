"""What a browser adds to a request of the app, and what it keeps of an answer."""

import contextlib

import jwt

from yew_auth_django.models import RefreshFamily
from yew_auth_django.session_name import is_session_id

APP = "http://127.0.0.1:8080"
NOBODY = "none"
# Of no session: what is under its name is no good, whatever it is.
STRANGER = "0" * 32


def from_the_app(headers: dict | None = None, session: str = NOBODY) -> dict:
    return {
        "Origin": APP,
        "Sec-Fetch-Site": "same-origin",
        "X-Session-Id": session,
        **(headers or {}),
    }


def cookie_name(kind: str, session: str) -> str:
    return f"yew-auth-{kind}.{session}"


def both_of(*sessions: str) -> set[str]:
    """The names of both cookies of each session."""
    return {cookie_name(kind, session) for session in sessions for kind in ("access", "refresh")}


def family(session: str) -> RefreshFamily:
    return RefreshFamily.objects.get(pk=session)


def kind_and_session(name: str) -> tuple[str, str]:
    kind, _, session = name.removeprefix("__Host-").removeprefix("yew-auth-").partition(".")
    return kind, session


def tokens_in(answer) -> dict[str, str]:
    """The tokens an answer sets as cookies, under the names that a body has for them."""
    return {
        kind_and_session(name)[0]: morsel.value
        for name, morsel in answer.cookies.items()
        if morsel.value
    }


def kinds_in(answer) -> set[str]:
    """What is set, without the session's id in the names of the tokens."""
    return {kind_and_session(name)[0] for name in answer.cookies}


def expired_in(answer) -> set[str]:
    """The cookies that an answer expires."""
    return {
        name
        for name, morsel in answer.cookies.items()
        if (morsel.value, morsel["max-age"]) == ("", 0)
    }


def session_of(*tokens: str) -> str:
    """The session that the first good one names, for who may read it."""
    for token in tokens:
        with contextlib.suppress(jwt.InvalidTokenError):
            session = jwt.decode(token, options={"verify_signature": False}).get("sid")
            return session if is_session_id(session) else STRANGER
    return STRANGER
