"""What a presented refresh token gets: a successor, the same one again, or nothing."""

import logging

from django.db import transaction
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.settings import api_settings as jwt_settings
from rest_framework_simplejwt.tokens import RefreshToken

from .models import Position, RefreshFamily, Revocation
from .tokens import SESSION_CLAIM

logger = logging.getLogger(__name__)


def locked_family(presented: RefreshToken) -> RefreshFamily:
    """The token's family, ours alone until the transaction ends.

    PostgreSQL locks the row; SQLite has begun with the write lock.
    """
    family = (
        RefreshFamily.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(pk=presented.get(SESSION_CLAIM))
        .first()
    )
    if family is None or not family.is_alive():
        raise InvalidToken("The session is over.")
    return family


def refresh(presented: RefreshToken) -> RefreshFamily:
    """Move the family on, if the token's place in it allows that.

    A dead family is an `InvalidToken`, a user who may not sign in any more an
    `AuthenticationFailed`.
    """
    with transaction.atomic():
        family = locked_family(presented)
        if not jwt_settings.USER_AUTHENTICATION_RULE(family.user):
            raise AuthenticationFailed("No active account found for the given token.")
        position = family.position_of(presented[jwt_settings.JTI_CLAIM])
        if position is Position.CURRENT:
            family.advance()
        elif position is Position.SUPERSEDED:
            family.revoke(Revocation.TOKEN_REUSED)
    # Only now: an exception inside the transaction would take the revocation back.
    if position is Position.SUPERSEDED:
        logger.warning(
            "a superseded refresh token came back: family %s of user %s revoked",
            family.id,
            family.user_id,
        )
        raise InvalidToken("The session is over.")
    return family
