"""The sessions whose cookies a browser holds, told live from dead by one query."""

from dataclasses import dataclass, field
from datetime import datetime

from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings as jwt_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token
from rest_framework_simplejwt.utils import datetime_from_epoch

from .errors import AnotherSessionError
from .jar import Jar, Tokens
from .middleware import expire_with_the_answer
from .models import Position, RefreshFamily
from .tokens import belongs_to


@dataclass(frozen=True)
class HeldSession:
    """A live session: at least one of its tokens is good."""

    family: RefreshFamily
    access: Token | None
    refresh: Token | None

    @property
    def access_issued_at(self) -> datetime | None:
        return self.access and datetime_from_epoch(self.access["iat"])

    @property
    def access_expiration(self) -> datetime | None:
        return self.access and datetime_from_epoch(self.access["exp"])

    @property
    def refresh_expiration(self) -> datetime | None:
        return self.refresh and datetime_from_epoch(self.refresh["exp"])


@dataclass(frozen=True)
class HeldSessions:
    """`live` has the newest sign-in first. `dead` are ids: unknown, ended or revoked ones,
    which never live again, so that any answer may expire their cookies."""

    live: list[HeldSession] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, sessions: dict[str, Tokens]) -> "HeldSessions":
        if not sessions:
            return cls()
        families = RefreshFamily.objects.select_related("user").in_bulk(list(sessions)).values()
        held = cls(dead=set(sessions))
        for family in sorted(families, key=lambda family: family.opened_at, reverse=True):
            if not family.can_continue():
                family.revoke_if_due()
                continue
            held.dead.discard(family.session_id)
            session = held_session(family, sessions[family.session_id])
            if session is not None:
                held.live.append(session)
        return held


def held_session(family: RefreshFamily, tokens: Tokens) -> HeldSession | None:
    """None if the browser could do nothing with these tokens."""
    access = good_token(AccessToken, tokens.access, family)
    refresh = good_token(RefreshToken, tokens.refresh, family)
    if refresh and family.position_of(refresh[jwt_settings.JTI_CLAIM]) is Position.SUPERSEDED:
        refresh = None
    return HeldSession(family, access, refresh) if access or refresh else None


def good_token(kind: type[Token], presented: str | None, family: RefreshFamily) -> Token | None:
    """Genuine, of this family, and not expired."""
    if not presented:
        return None
    try:
        token = kind(presented)
    except TokenError:
        return None
    return token if belongs_to(token, family) else None


def refuse_for_another(request, session_id: str) -> None:
    """`AnotherSessionError` if the browser holds a live session besides this one."""
    sessions = Jar.of(request).sessions
    held = HeldSessions.of({name: sessions[name] for name in sessions if name != session_id})
    expire_with_the_answer(request, *held.dead)
    if held.live:
        raise AnotherSessionError
