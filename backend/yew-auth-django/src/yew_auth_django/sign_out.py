"""Ending sessions: one by its token, or all those of a user."""

import logging

from django.db import transaction
from rest_framework_simplejwt.tokens import RefreshToken

from .errors import SessionOverError
from .models import RefreshFamily, Revocation, fingerprint
from .refresh import locked_family

logger = logging.getLogger(__name__)


def sign_out(presented: RefreshToken) -> None:
    """Any token of the family will do, a superseded one too."""
    with transaction.atomic():
        family = locked_family(presented)
        if not family.is_alive():
            raise SessionOverError
        family.revoke(Revocation.SIGNED_OUT)


def sign_out_everywhere(user, reason: Revocation, except_family=None) -> None:
    """The session that is excepted goes on under the user's new password."""
    families = RefreshFamily.objects.filter(user=user)
    if except_family is not None:
        kept = families.filter(pk=except_family)
        kept.update(password_fingerprint=fingerprint(user.password))
        families = families.exclude(pk=except_family)
    if count := families.revoke(reason):
        logger.info("%s sessions of user %s revoked: %s", count, user.pk, reason)


def sign_out_disabled(sender, instance, raw, update_fields, **kwargs) -> None:
    """A receiver of `post_save`: enabling an account later must not bring its sessions back."""
    may_have_changed = update_fields is None or "is_active" in update_fields
    if may_have_changed and not raw and not instance.is_active:
        sign_out_everywhere(instance, Revocation.ACCOUNT_DISABLED)
