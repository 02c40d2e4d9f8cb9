"""dj-rest-auth's serializers, where they trust a Django session or miss a case."""

from allauth.account.models import EmailAddress
from dj_rest_auth.registration.serializers import RegisterSerializer
from dj_rest_auth.serializers import LoginSerializer as BaseLoginSerializer
from dj_rest_auth.serializers import (
    PasswordResetConfirmSerializer as BasePasswordResetConfirmSerializer,
)
from dj_rest_auth.serializers import UserDetailsSerializer
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from rest_framework import serializers
from rest_framework.exceptions import Throttled

from social.links import drop_links
from yew_auth_django.models import Revocation
from yew_auth_django.sign_out import sign_out_everywhere

from .identifier import guesser_of

# No password is longer: what is longer would only keep the hash busy.
_LONGEST_PASSWORD = 1024
_LONGEST_ADDRESS = 254


class LoginSerializer(BaseLoginSerializer):
    username = serializers.CharField(required=False, allow_blank=True, max_length=_LONGEST_ADDRESS)
    email = serializers.EmailField(required=False, allow_blank=True, max_length=_LONGEST_ADDRESS)
    password = serializers.CharField(max_length=_LONGEST_PASSWORD)

    def validate(self, attrs):
        guesser = guesser_of(
            self.context["request"], attrs.get("email") or attrs.get("username", "")
        )
        wait = guesser.seconds_to_wait()
        if wait:
            raise Throttled(wait)
        attrs = super().validate(attrs)
        guesser.succeeded()
        return attrs


class UserSerializer(UserDetailsSerializer):
    # Whoever signed up by a provider has none, until they set one.
    has_password = serializers.BooleanField(source="has_usable_password", read_only=True)

    class Meta(UserDetailsSerializer.Meta):
        fields = (*UserDetailsSerializer.Meta.fields, "has_password")

    def validate_username(self, username):
        if self.instance and self.instance.username == username:
            return username  # allauth would call one's own name taken
        return UserDetailsSerializer.validate_username(username)


class RegistrationSerializer(RegisterSerializer):
    email = serializers.EmailField(max_length=_LONGEST_ADDRESS)
    password1 = serializers.CharField(write_only=True, max_length=_LONGEST_PASSWORD)
    password2 = serializers.CharField(write_only=True, max_length=_LONGEST_PASSWORD)

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


class PasswordResetSerializer(serializers.Serializer):
    email = serializers.EmailField(max_length=_LONGEST_ADDRESS)


class PasswordResetConfirmSerializer(BasePasswordResetConfirmSerializer):
    uid = serializers.CharField(max_length=64)
    token = serializers.CharField(max_length=256)

    def save(self):
        """The mailbox is proved: whatever came before it need not be its owner's."""
        with transaction.atomic():
            super().save()
            sign_out_everywhere(self.user, Revocation.PASSWORD_RESET)
            self.dropped_links = drop_links(self.user)
            EmailAddress.objects.filter(user=self.user, email__iexact=self.user.email).update(
                verified=True
            )
