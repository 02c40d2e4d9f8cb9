"""One sign-in and the chain of refresh tokens that descend from it."""

import enum
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from rest_framework_simplejwt.settings import api_settings as jwt_settings

from .conf import yew_auth_settings


class Revocation(models.TextChoices):
    SIGNED_OUT = "signed_out"
    TOKEN_REUSED = "token_reused"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"


class Position(enum.Enum):
    """Where a refresh token stands in its family."""

    CURRENT = enum.auto()
    PREDECESSOR = enum.auto()
    SUPERSEDED = enum.auto()


def whole_second(moment: datetime) -> datetime:
    """A JWT counts whole seconds; what is stored must give the same token again."""
    return moment.replace(microsecond=0)


class RefreshFamily(models.Model):
    """The row holds all that is needed to judge a refresh token and to build the
    current one again, byte for byte. No token is stored, and the row does not grow.

    The `current` token is the newest. Its `predecessor` stays good for one thing
    until `current` is used: to be told `current` again, should that answer have
    been lost. Any other token of the family has been superseded.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refresh_families"
    )
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    current = models.UUIDField()
    current_issued_at = models.DateTimeField()
    current_expires_at = models.DateTimeField()
    predecessor = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revocation = models.CharField(max_length=20, choices=Revocation.choices, blank=True)

    class Meta:
        verbose_name_plural = "refresh families"

    def __str__(self):
        return str(self.id)

    @classmethod
    def open(cls, user) -> "RefreshFamily":
        """Begin a session, and forget those of this user that are over anyway."""
        now = whole_second(timezone.now())
        cls.objects.filter(user=user, ends_at__lte=now).delete()
        family = cls(user=user, opened_at=now, ends_at=now + yew_auth_settings.SESSION_LIFETIME)
        family._issue(now)
        family.save(force_insert=True)
        return family

    def advance(self) -> None:
        """The current token has been used: it makes place for its successor."""
        self.predecessor = self.current
        self._issue(whole_second(timezone.now()))
        self.save(
            update_fields=["predecessor", "current", "current_issued_at", "current_expires_at"]
        )

    def revoke(self, reason: Revocation) -> None:
        self.revoked_at = timezone.now()
        self.revocation = reason
        self.save(update_fields=["revoked_at", "revocation"])

    def is_alive(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.ends_at

    def position_of(self, token_id: str) -> Position:
        if token_id == self.current.hex:
            return Position.CURRENT
        if self.predecessor and token_id == self.predecessor.hex:
            return Position.PREDECESSOR
        return Position.SUPERSEDED

    def not_past_the_end(self, issued_at: datetime, lifetime: timedelta) -> datetime:
        return min(issued_at + lifetime, self.ends_at)

    def _issue(self, now: datetime) -> None:
        self.current = uuid.uuid4()
        self.current_issued_at = now
        self.current_expires_at = self.not_past_the_end(now, jwt_settings.REFRESH_TOKEN_LIFETIME)
