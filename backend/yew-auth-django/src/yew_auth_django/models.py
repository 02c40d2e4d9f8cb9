"""One sign-in and the chain of refresh tokens that descend from it."""

import enum
import hashlib
import logging
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from rest_framework_simplejwt.settings import api_settings as jwt_settings

from .conf import yew_auth_settings

logger = logging.getLogger(__name__)


class Revocation(models.TextChoices):
    SIGNED_OUT = "signed_out"
    TOKEN_REUSED = "token_reused"
    TOKEN_REPLAYED = "token_replayed"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    ACCOUNT_DISABLED = "account_disabled"
    DISPLACED = "displaced"


class Position(enum.Enum):
    """Where a refresh token stands in its family."""

    CURRENT = enum.auto()
    PREDECESSOR = enum.auto()
    SUPERSEDED = enum.auto()


def whole_second(moment: datetime) -> datetime:
    """A JWT counts whole seconds; what is stored must give the same token again."""
    return moment.replace(microsecond=0)


def fingerprint(password_hash: str) -> str:
    """Another one for each password. It tells nothing of it: the hash is salted."""
    return hashlib.sha256(password_hash.encode()).hexdigest()


class RefreshFamilyQuerySet(models.QuerySet):
    def unrevoked(self) -> "RefreshFamilyQuerySet":
        return self.filter(revoked_at=None)

    def revoke(self, reason: Revocation) -> int:
        """How many there were left to revoke."""
        return self.unrevoked().update(revoked_at=timezone.now(), revocation=reason)

    def over(self, since: datetime) -> "RefreshFamilyQuerySet":
        """Those that nobody could use at that moment or later."""
        return self.filter(
            models.Q(revoked_at__lt=since)
            | models.Q(ends_at__lt=since)
            | models.Q(current_expires_at__lt=since - jwt_settings.ACCESS_TOKEN_LIFETIME)
        )


class RefreshFamily(models.Model):
    """The row holds all that is needed to judge a refresh token and to build the
    current one again, byte for byte. No token is stored, and the row does not grow.

    The `current` token is the newest. Its `predecessor` stays good for one thing, until
    `current` is used or the grace is over: to be told `current` again, should that answer
    have been lost. Any other token of the family has been superseded.
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
    # Whether the predecessor has come back, and in how many generations in a row one has.
    # Servers of the version before write no value of these: the database has one.
    replayed = models.BooleanField(default=False, db_default=False)
    replayed_generations = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Empty: opened by a server of the version before, to be filled in by the next refresh.
    password_fingerprint = models.CharField(max_length=64, blank=True, default="", db_default="")
    # Of the key that its tokens are bound to (RFC 7638); empty: to none.
    key_thumbprint = models.CharField(max_length=43, blank=True, default="", db_default="")
    revoked_at = models.DateTimeField(null=True)
    revocation = models.CharField(max_length=20, choices=Revocation.choices, blank=True)

    objects = RefreshFamilyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "refresh families"

    def __str__(self):
        return str(self.id)

    @classmethod
    def open(cls, user, key_thumbprint: str = "") -> "RefreshFamily":
        """Begin a session. Those of this user that are over anyway are forgotten, and of
        more live ones than a user may have the oldest are revoked.

        `user` is as they were when they proved who they are: should their password have
        been changed since, the session is over at once.
        """
        opened_at = timezone.now()
        now = whole_second(opened_at)
        ends_at = now + yew_auth_settings.SESSION_LIFETIME
        cls.objects.filter(user=user, ends_at__lte=now).delete()
        cls._make_room_for(user)
        family = cls(
            user=user,
            opened_at=opened_at,
            ends_at=ends_at,
            password_fingerprint=fingerprint(user.password),
            key_thumbprint=key_thumbprint,
        )
        family._issue(now)
        family.save(force_insert=True)
        return family

    @classmethod
    def _make_room_for(cls, user) -> None:
        live = cls.objects.unrevoked().filter(user=user, current_expires_at__gt=timezone.now())
        newest_first = live.order_by("-opened_at").values_list("pk", flat=True)
        surplus = list(newest_first[yew_auth_settings.SESSIONS_PER_USER - 1 :])
        if surplus:
            count = cls.objects.filter(pk__in=surplus).revoke(Revocation.DISPLACED)
            logger.info("%s sessions of user %s revoked: displaced", count, user.pk)

    def advance(self) -> None:
        """The current token has been used: it makes place for its successor."""
        self.predecessor = self.current
        if not self.replayed:
            self.replayed_generations = 0
        self.replayed = False
        self.password_fingerprint = fingerprint(self.user.password)
        self._issue(whole_second(timezone.now()))
        self.save(
            update_fields=[
                "predecessor",
                "replayed",
                "replayed_generations",
                "password_fingerprint",
                "current",
                "current_issued_at",
                "current_expires_at",
            ]
        )

    def count_replay(self) -> bool:
        """The predecessor has come back. Whether it does so for the first time."""
        if self.replayed:
            return False
        self.replayed = True
        self.replayed_generations += 1
        self.save(update_fields=["replayed", "replayed_generations"])
        return True

    def revoke(self, reason: Revocation) -> None:
        if RefreshFamily.objects.filter(pk=self.pk).revoke(reason):
            logger.info("session %s of user %s revoked: %s", self.id, self.user_id, reason)

    @property
    def session_id(self) -> str:
        """Its public name: 32 lowercase hexadecimal digits, and no secret."""
        return self.id.hex

    def is_over(self) -> bool:
        """Revoked, or at its end."""
        return self.revoked_at is not None or timezone.now() >= self.ends_at

    def is_alive(self) -> bool:
        """Whether its tokens are honoured, until each expires."""
        return not self.is_over() and self.reason_to_revoke() is None

    def reason_to_revoke(self) -> Revocation | None:
        """What has become of its user since."""
        if not jwt_settings.USER_AUTHENTICATION_RULE(self.user):
            return Revocation.ACCOUNT_DISABLED
        if self.password_fingerprint not in ("", fingerprint(self.user.password)):
            return Revocation.PASSWORD_CHANGED
        return None

    def revoke_if_due(self) -> Revocation | None:
        """What has become of its user since ends it for good, should that be undone, too."""
        reason = self.reason_to_revoke()
        if reason and not self.is_over():
            self.revoke(reason)
        return reason

    def can_continue(self) -> bool:
        """Whether it can still be refreshed. Cookies are kept no longer than that."""
        return self.is_alive() and timezone.now() < self.current_expires_at

    def position_of(self, token_id: str) -> Position:
        if token_id == self.current.hex:
            return Position.CURRENT
        if self.predecessor and token_id == self.predecessor.hex and self._is_in_grace():
            return Position.PREDECESSOR
        return Position.SUPERSEDED

    def not_past_the_end(self, issued_at: datetime, lifetime: timedelta) -> datetime:
        return min(issued_at + lifetime, self.ends_at)

    def _is_in_grace(self) -> bool:
        return timezone.now() < self.current_issued_at + yew_auth_settings.GRACE

    def _issue(self, now: datetime) -> None:
        self.current = uuid.uuid4()
        self.current_issued_at = now
        self.current_expires_at = self.not_past_the_end(now, jwt_settings.REFRESH_TOKEN_LIFETIME)
