"""dj-rest-auth's serializers, where they trust a Django session or miss a case."""

from urllib.parse import urlencode

from allauth.account.utils import user_pk_to_url_str
from dj_rest_auth.registration.serializers import RegisterSerializer
from dj_rest_auth.serializers import (
    PasswordResetConfirmSerializer as BasePasswordResetConfirmSerializer,
)
from dj_rest_auth.serializers import (
    PasswordResetSerializer as BasePasswordResetSerializer,
)
from dj_rest_auth.serializers import UserDetailsSerializer
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from rest_framework import serializers

from yew_auth_django.models import Revocation
from yew_auth_django.sign_out import sign_out_everywhere


class UserSerializer(UserDetailsSerializer):
    def validate_username(self, username):
        if self.instance and self.instance.username == username:
            return username  # allauth would call one's own name taken
        return UserDetailsSerializer.validate_username(username)


class RegistrationSerializer(RegisterSerializer):
    def validate_email(self, email):
        email = super().validate_email(email)
        if get_user_model().objects.filter(email__iexact=email).exists():
            raise serializers.ValidationError(
                "A user is already registered with this e-mail address."
            )
        return email

    def save(self, request):
        try:
            with transaction.atomic():
                return super().save(request)
        except IntegrityError as error:  # someone else took the name meanwhile
            raise serializers.ValidationError(
                "A user with this name or e-mail address is already registered."
            ) from error


def reset_link(request, user, token: str) -> str:
    """In the fragment, which no browser sends, so that no log holds the token."""
    fragment = urlencode({"uid": user_pk_to_url_str(user), "token": token})
    return f"{settings.SPA_ORIGINS[0]}/password/reset#{fragment}"


class PasswordResetSerializer(BasePasswordResetSerializer):
    def get_email_options(self):
        return {"url_generator": reset_link}


class PasswordResetConfirmSerializer(BasePasswordResetConfirmSerializer):
    def save(self):
        with transaction.atomic():
            super().save()
            sign_out_everywhere(self.user, Revocation.PASSWORD_RESET)
