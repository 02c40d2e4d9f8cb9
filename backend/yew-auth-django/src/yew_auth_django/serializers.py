"""What is answered where tokens change hands."""

from datetime import UTC

from dj_rest_auth.app_settings import api_settings as rest_auth_settings
from dj_rest_auth.serializers import JWTSerializer
from dj_rest_auth.serializers import PasswordChangeSerializer as BasePasswordChangeSerializer
from django.db import transaction
from rest_framework import serializers
from rest_framework_simplejwt.tokens import AccessToken

from .models import Revocation
from .sign_out import sign_out_everywhere
from .tokens import SESSION_CLAIM, belongs_to, family_of


class MillisecondField(serializers.DateTimeField):
    """Finer than a JWT's `iat`, so that a browser can tell how far its clock is off."""

    def to_representation(self, value):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class TimesSerializer(serializers.Serializer):
    """When the access token was made, and when the tokens and the session end: all that
    is told of a token to a browser that cannot read it."""

    access_issued_at = MillisecondField(source="access.made_at")
    access_expiration = serializers.DateTimeField(source="access.expires_at")
    refresh_expiration = serializers.DateTimeField(source="family.current_expires_at")
    session_expiration = serializers.DateTimeField(source="family.ends_at")


class SignedInSerializer(JWTSerializer, TimesSerializer):
    """The answer to a sign-in or a registration."""


class RefreshedSerializer(TimesSerializer):
    """The answer to a refresh."""

    access = serializers.CharField()
    refresh = serializers.CharField()


class CookieRefreshedSerializer(TimesSerializer):
    """Over cookies: which session, and no token."""

    session_id = serializers.CharField(source="family.session_id")


class CookieSignedInSerializer(CookieRefreshedSerializer):
    """The answer to a sign-in or a registration over cookies."""

    user = serializers.SerializerMethodField()

    def get_user(self, instance):
        return user_details(instance["family"], self.context)


class HeldSessionSerializer(serializers.Serializer):
    """A live session whose cookies the browser holds."""

    session_id = serializers.CharField(source="family.session_id")
    user = serializers.SerializerMethodField()
    signed_in_at = MillisecondField(source="family.opened_at")
    access_issued_at = MillisecondField()
    access_expiration = serializers.DateTimeField()
    refresh_expiration = serializers.DateTimeField()
    session_expiration = serializers.DateTimeField(source="family.ends_at")

    def get_user(self, session):
        return user_details(session.family, self.context)


def user_details(family, context: dict) -> dict:
    """As the project's USER_DETAILS_SERIALIZER shows them."""
    return rest_auth_settings.USER_DETAILS_SERIALIZER(family.user, context=context).data


class RefreshSerializer(serializers.Serializer):
    """The body of a refresh, which over cookies is an empty object.

    A missing token is a 401 like any other that is no good, not a 400.
    """

    refresh = serializers.CharField(required=False, allow_blank=True, allow_null=True)


class VerifySerializer(serializers.Serializer):
    """Of access tokens alone. Whether a refresh token is still good is worth knowing to who
    has stolen it, and its owner has no need to ask."""

    token = serializers.CharField(write_only=True)

    def validate(self, attrs):
        token = AccessToken(attrs["token"])
        family = family_of(token)
        if family is None or not family.is_alive() or not belongs_to(token, family):
            raise serializers.ValidationError("Token is blacklisted")
        return {}


class PasswordChangeSerializer(BasePasswordChangeSerializer):
    """Whoever has a password names it. Whoever signed up by a provider has none to name."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.user and not self.user.has_usable_password():
            self.fields.pop("old_password", None)

    def save(self):
        """Sign out elsewhere; unlike the base class, start no Django session."""
        with transaction.atomic():
            self.set_password_form.save()
            sign_out_everywhere(
                self.user,
                Revocation.PASSWORD_CHANGED,
                except_family=self.request.auth[SESSION_CLAIM],
            )
