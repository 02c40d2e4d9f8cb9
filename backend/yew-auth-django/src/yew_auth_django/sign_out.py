"""Ending families: one by its token, or all those of a user."""

from django.db import transaction
from django.utils import timezone
from rest_framework_simplejwt.tokens import RefreshToken

from .models import RefreshFamily, Revocation
from .refresh import locked_family


def sign_out(presented: RefreshToken) -> None:
    """Any token of the family will do, a superseded one too."""
    with transaction.atomic():
        locked_family(presented).revoke(Revocation.SIGNED_OUT)


def sign_out_everywhere(user, reason: Revocation, except_family=None) -> None:
    families = RefreshFamily.objects.filter(user=user, revoked_at=None)
    if except_family is not None:
        families = families.exclude(pk=except_family)
    families.update(revoked_at=timezone.now(), revocation=reason)
