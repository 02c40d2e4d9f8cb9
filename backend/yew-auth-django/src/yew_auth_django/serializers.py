"""What is answered and asked where tokens change hands."""

from datetime import UTC

from dj_rest_auth.serializers import JWTSerializer
from dj_rest_auth.serializers import PasswordChangeSerializer as BasePasswordChangeSerializer
from django.db import transaction
from rest_framework import serializers
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.serializers import TokenVerifySerializer
from rest_framework_simplejwt.settings import api_settings as jwt_settings
from rest_framework_simplejwt.tokens import RefreshToken, UntypedToken

from . import cookies
from .conf import yew_auth_settings
from .models import Position, Revocation
from .refresh import refresh
from .sign_out import sign_out_everywhere
from .tokens import SESSION_CLAIM, FamilyRefreshToken, living_family, token_pair


class MillisecondField(serializers.DateTimeField):
    """Finer than a JWT's `iat`, so that a browser can tell how far its clock is off."""

    def to_representation(self, value):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class TimesSerializer(serializers.Serializer):
    """When the access token was made, and when the tokens and the session end: all that
    is told of a token to a browser that cannot read it."""

    access_issued_at = MillisecondField(source="access.made_at")
    access_expiration = serializers.DateTimeField(source="access.expires_at")
    refresh_expiration = serializers.DateTimeField(source="access.family.current_expires_at")
    session_expiration = serializers.DateTimeField(source="access.family.ends_at")


class SignedInSerializer(JWTSerializer, TimesSerializer):
    """The answer to a sign-in or a registration."""


class RefreshedSerializer(TimesSerializer):
    """The answer to a refresh."""

    access = serializers.CharField()
    refresh = serializers.CharField()


class RefreshSerializer(serializers.Serializer):
    # A missing token is a 401 like any other that is no good, not a 400.
    refresh = serializers.CharField(required=False, allow_blank=True, allow_null=True)

    def validate(self, attrs):
        if yew_auth_settings.COOKIES:
            presented = cookies.refresh_cookie().read(self.context["request"])
        else:
            presented = attrs.get("refresh")
        if not presented:
            raise InvalidToken("No valid refresh token found.")
        return RefreshedSerializer(token_pair(refresh(RefreshToken(presented)))).data


class VerifySerializer(TokenVerifySerializer):
    def validate(self, attrs):
        answer = super().validate(attrs)
        if not is_honoured(UntypedToken(attrs["token"])):
            raise serializers.ValidationError("Token is blacklisted")
        return answer


def is_honoured(token: UntypedToken) -> bool:
    family = living_family(token)
    if family is None:
        return False
    if token[jwt_settings.TOKEN_TYPE_CLAIM] == FamilyRefreshToken.token_type:
        return family.position_of(token[jwt_settings.JTI_CLAIM]) is not Position.SUPERSEDED
    return True


class PasswordChangeSerializer(BasePasswordChangeSerializer):
    def save(self):
        """Sign out elsewhere; unlike the base class, start no Django session."""
        with transaction.atomic():
            self.set_password_form.save()
            sign_out_everywhere(
                self.user,
                Revocation.PASSWORD_CHANGED,
                except_family=self.request.auth[SESSION_CLAIM],
            )
