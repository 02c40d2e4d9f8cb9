"""The two tokens of a family, made from its row."""

from datetime import datetime
from uuid import uuid4

from django.utils import timezone
from rest_framework_simplejwt.settings import api_settings as jwt_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token
from rest_framework_simplejwt.utils import datetime_to_epoch

from .dpop import CONFIRMATION_CLAIM, THUMBPRINT_MEMBER
from .family_lookup import FAMILIES, FamilyLookup
from .kind import Kind
from .models import RefreshFamily, whole_second
from .session_name import is_session_id

# The registered claim for a session's id; in both tokens it names the family.
SESSION_CLAIM = "sid"


def _fill(
    token: Token, family: RefreshFamily, token_id: str, issued_at: datetime, expires_at: datetime
) -> None:
    """Always the same claims in the same order: equal claims sign to an equal string."""
    token.payload = {
        jwt_settings.TOKEN_TYPE_CLAIM: token.token_type,
        "exp": datetime_to_epoch(expires_at),
        "iat": datetime_to_epoch(issued_at),
        jwt_settings.JTI_CLAIM: token_id,
        jwt_settings.USER_ID_CLAIM: user_claim(family),
        SESSION_CLAIM: family.session_id,
    }
    if family.key_thumbprint:
        token.payload[CONFIRMATION_CLAIM] = {THUMBPRINT_MEMBER: family.key_thumbprint}


def family_of(token: Token, families: FamilyLookup = FAMILIES) -> RefreshFamily | None:
    """The family that a genuine token names, with its user."""
    session_id = token.get(SESSION_CLAIM)
    return families.find(session_id) if is_session_id(session_id) else None


def belongs_to(token: Token, family: RefreshFamily) -> bool:
    """Whether it names the session, and its user."""
    of_the_session = token.get(SESSION_CLAIM) == family.session_id
    of_the_user = token.get(jwt_settings.USER_ID_CLAIM) == user_claim(family)
    return of_the_session and of_the_user


def user_claim(family: RefreshFamily) -> str:
    return str(getattr(family.user, jwt_settings.USER_ID_FIELD))


class FamilyAccessToken(AccessToken):
    """A fresh access token of its family."""

    def __init__(self, family: RefreshFamily):
        super().__init__()
        self.family = family
        self.made_at = timezone.now()
        self.issued_at = whole_second(self.made_at)
        self.expires_at = family.not_past_the_end(
            self.issued_at, jwt_settings.ACCESS_TOKEN_LIFETIME
        )
        _fill(self, family, uuid4().hex, self.issued_at, self.expires_at)


class FamilyRefreshToken(RefreshToken):
    """The current refresh token of its family: the same string each time."""

    def __init__(self, family: RefreshFamily):
        super().__init__()
        self.family = family
        _fill(
            self,
            family,
            family.current.hex,
            family.current_issued_at,
            family.current_expires_at,
        )

    @property
    def access_token(self) -> FamilyAccessToken:
        return FamilyAccessToken(self.family)


def token_pair(family: RefreshFamily) -> dict[Kind, Token]:
    """A fresh access token, and the current refresh token."""
    return {Kind.ACCESS: FamilyAccessToken(family), Kind.REFRESH: FamilyRefreshToken(family)}
