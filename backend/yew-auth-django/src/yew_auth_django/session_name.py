"""Which session a request over cookies speaks for: the one that its page shows.

A request names it in the header `X-Session-Id`, by the session's public id, or says `none`.
What cannot carry a header (a download link, an image) names it in the query parameter
`session`, and only where nothing is changed.
"""

import re

from .conf import SESSION_HEADER
from .errors import BadSessionNameError

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
        names = [request.headers[SESSION_HEADER]]
    elif request.method in SAFE_METHODS:
        names = request.GET.getlist(PARAMETER)
    else:
        names = []
    if not names:
        return None
    if len(names) > 1 or not is_session_name(names[0]):
        raise BadSessionNameError
    return names[0]
