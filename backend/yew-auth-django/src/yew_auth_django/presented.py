"""The refresh token that a request presents."""

from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.tokens import RefreshToken

from .conf import yew_auth_settings
from .held import refuse_for_another
from .jar import Jar
from .middleware import expire_with_the_answer
from .session_name import NOBODY, named_session
from .tokens import SESSION_CLAIM


def presented_refresh_token(request) -> RefreshToken:
    """By cookie that of the session which the request names; else the body's.

    `InvalidToken` if there is none or it is no good; `AnotherSessionError` if the browser
    holds no cookie of that session but of another.
    """
    by_cookie = yew_auth_settings.COOKIES
    presented = _cookie(request) if by_cookie else _body(request)
    if not presented:
        raise InvalidToken("No valid refresh token found.")
    try:
        token = RefreshToken(presented)
    except TokenError as error:
        raise InvalidToken(*error.args) from error
    if by_cookie and token.get(SESSION_CLAIM) != _session_id(request):
        raise InvalidToken("The token is of another session.")
    return token


def expire_presented(request) -> None:
    """The cookies of the session that the request names are of no more use."""
    session_id = _session_id(request) if yew_auth_settings.COOKIES else None
    if session_id:
        expire_with_the_answer(request, session_id)


def _session_id(request) -> str | None:
    name = named_session(request)
    return None if name == NOBODY else name


def _cookie(request) -> str | None:
    session_id = _session_id(request)
    if session_id is None:
        return None
    jar = Jar.of(request)
    if session_id not in jar.sessions:
        refuse_for_another(request, session_id)
    return jar.tokens(session_id).refresh


def _body(request):
    return request.data.get("refresh") if isinstance(request.data, dict) else None
