"""Which session a request over cookies speaks for: the one that its page shows.

A request names it in the header `X-Session-Id`, by the session's public id, or says `none`.
What cannot carry a header (a download link, an image) names it in the query parameter
`session`, and only where nothing is changed.
"""

import re

from .conf import SESSION_HEADER
from .errors import NotOwnRequestError

PARAMETER = "session"
NOBODY = "none"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

_SESSION_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def is_session_id(text) -> bool:
    """32 lowercase hexadecimal digits."""
    return isinstance(text, str) and _SESSION_ID.fullmatch(text) is not None


def is_session_name(text) -> bool:
    """A session's id, or `none`."""
    return text == NOBODY or is_session_id(text)


def named_session(request) -> str | None:
    """The id of a session, or `none`; None if the request does not say."""
    if SESSION_HEADER in request.headers:
        return _valid(request.headers[SESSION_HEADER], SESSION_HEADER)
    names = request.GET.getlist(PARAMETER) if request.method in SAFE_METHODS else []
    if len(names) > 1:
        raise NotOwnRequestError(PARAMETER)
    return _valid(names[0], PARAMETER) if names else None


def _valid(name: str, given_by: str) -> str:
    if not is_session_name(name):
        raise NotOwnRequestError(given_by)
    return name
