"""What a presented refresh token gets: a successor, the same one again, or nothing."""

import logging

from django.db import transaction
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.settings import api_settings as jwt_settings
from rest_framework_simplejwt.tokens import RefreshToken

from .conf import yew_auth_settings
from .errors import SessionOverError
from .family_lookup import LOCKED_FAMILIES
from .models import Position, RefreshFamily, Revocation
from .tokens import belongs_to, family_of

logger = logging.getLogger(__name__)


def locked_family(presented: RefreshToken) -> RefreshFamily:
    """The token's family, ours alone until the transaction ends.

    PostgreSQL locks the row; SQLite has begun with the write lock.
    """
    family = family_of(presented, LOCKED_FAMILIES)
    if family is None:
        raise SessionOverError
    if not belongs_to(presented, family):
        raise InvalidToken("The token is of another user.")
    return family


def refresh(presented: RefreshToken) -> RefreshFamily:
    """Move the family on, if the token's place in it allows that.

    A dead family is a `SessionOverError`, a user who may not sign in any more an
    `AuthenticationFailed`.
    """
    with transaction.atomic():
        family = locked_family(presented)
        reason = family.reason_to_revoke()
        if reason is None:
            if family.is_over():
                raise SessionOverError
            reason = advance_or_recover(family, presented)
        if reason:
            family.revoke(reason)
    # Only now: an exception inside the transaction would take the revocation back.
    if reason is Revocation.ACCOUNT_DISABLED:
        raise AuthenticationFailed("No active account found for the given token.")
    if reason:
        raise SessionOverError
    return family


def advance_or_recover(family: RefreshFamily, presented: RefreshToken) -> Revocation | None:
    """Or the reason to do neither: that someone else has the family's tokens, too."""
    position = family.position_of(presented[jwt_settings.JTI_CLAIM])
    if position is Position.CURRENT:
        family.advance()
        return None
    if position is Position.SUPERSEDED:
        warn("a superseded refresh token came back", family)
        return Revocation.TOKEN_REUSED
    if not family.count_replay():
        return None
    warn(f"answer asked for again, {family.replayed_generations} generations in a row", family)
    # A lost answer is one generation. In each of several it is two holders that keep in step.
    if family.replayed_generations < yew_auth_settings.REPLAYED_GENERATIONS:
        return None
    return Revocation.TOKEN_REPLAYED


def warn(what: str, family: RefreshFamily) -> None:
    logger.warning("%s: session %s of user %s", what, family.id, family.user_id)
