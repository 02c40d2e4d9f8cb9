"""The cookies of sessions that a request came with, read from the raw `Cookie` header.

Django's own reading will not do. It strips U+00A0, U+2000 and the like from names, so that
`\\u2000__Host-…`, which a sibling subdomain can set, would count as `__Host-…`, which it
cannot; and of two cookies of one name it keeps the last.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .conf import yew_auth_settings
from .cookies import TokenCookie, host_prefix
from .errors import CookieConflictError
from .kind import Kind

# What RFC 6265 allows around a name and a value. Django and Python strip much more.
_SPACE = " \t"
_KEPT_AS = "_yew_auth_jar"
# Separators, controls and format characters: what a parser may strip, and nobody can see.
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}


@dataclass
class Tokens:
    """Those of one session. Either may be missing, expired or forged."""

    access: str | None = None
    refresh: str | None = None


class Jar:
    """The tokens by their session's id.

    A name that comes twice, or looks like one of ours and is not, is a
    `CookieConflictError`: nobody can tell which of them this server has set.
    """

    def __init__(self, header: str):
        """`header`: as WSGI and ASGI hand it on, its bytes read as Latin-1."""
        self._header = header
        self.sessions: dict[str, Tokens] = {}
        own_name = _own_name(host_prefix(), yew_auth_settings.COOKIE_PREFIX)
        for name, value in _pairs(header):
            match = own_name.fullmatch(name)
            if match is not None and value is not None:
                self._put(match["kind"], match["session_id"], value)
            elif _looks_like(own_name, name):
                raise CookieConflictError

    @classmethod
    def of(cls, request) -> "Jar":
        """Read once a request."""
        request = getattr(request, "_request", request)
        if not hasattr(request, _KEPT_AS):
            setattr(request, _KEPT_AS, cls(request.META.get("HTTP_COOKIE", "")))
        return getattr(request, _KEPT_AS)

    @staticmethod
    def was_read(request) -> bool:
        """Whether an answer to it depends on the cookies."""
        return hasattr(request, _KEPT_AS)

    def tokens(self, session_id: str) -> Tokens:
        return self.sessions.get(session_id) or Tokens()

    def unnamed(self) -> Tokens:
        """The pair from before cookies were named after their session."""
        return Tokens(**{kind: self._only(TokenCookie.unnamed(kind).name) for kind in Kind})

    def _put(self, kind: str, session_id: str, value: str) -> None:
        tokens = self.sessions.setdefault(session_id, Tokens())
        if getattr(tokens, kind) is not None:
            raise CookieConflictError
        setattr(tokens, kind, value)

    def _only(self, wanted: str) -> str | None:
        """Its value, if there is one cookie of that name. Other servers of the host may well
        have others: it is a common one."""
        values = [value for name, value in _pairs(self._header) if name == wanted]
        return values[0] if len(values) == 1 else None


def _pairs(header: str) -> Iterator[tuple[str, str | None]]:
    """No value stands for a cookie without a name, which comes as its value alone."""
    for part in header.split(";"):
        name, equals, value = part.partition("=")
        yield name.strip(_SPACE), value.strip(_SPACE) if equals else None


@lru_cache
def _own_name(host: str, prefix: str) -> re.Pattern:
    stem = re.escape(f"{host}{prefix}")
    return re.compile(rf"{stem}-(?P<kind>access|refresh)\.(?P<session_id>[0-9a-f]{{32}})")


@lru_cache
def _whatever_its_case(own_name: re.Pattern) -> re.Pattern:
    return re.compile(own_name.pattern, re.IGNORECASE)


def _looks_like(own_name: re.Pattern, name: str) -> bool:
    pattern = _whatever_its_case(own_name)
    return any(pattern.fullmatch(_folded(reading)) for reading in _readings(name))


def _readings(name: str) -> Iterator[str]:
    """A browser sends a name's bytes as UTF-8 or as Latin-1."""
    yield name
    if not name.isascii():
        yield name.encode("latin-1", "replace").decode("utf-8", "replace")


def _folded(name: str) -> str:
    seen = (mark for mark in name if unicodedata.category(mark) not in _UNSEEN)
    return unicodedata.normalize("NFKC", "".join(seen)).casefold()
