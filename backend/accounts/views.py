"""Sign-in, registration and the rest, deaf to a token they do not need."""

from dj_rest_auth import views as dj_rest_auth
from dj_rest_auth.registration.views import RegisterView
from dj_rest_auth.utils import jwt_encode
from django.db import transaction

from refresh_families.sign_in import SignInMixin


class LoginView(SignInMixin, dj_rest_auth.LoginView):
    authentication_classes = ()  # a stale token must not refuse a sign-in


class RegistrationView(SignInMixin, RegisterView):
    authentication_classes = ()

    @transaction.atomic
    def perform_create(self, serializer):
        """Unlike allauth's complete_signup, start no Django session."""
        user = serializer.save(self.request)
        self.access_token, self.refresh_token = jwt_encode(user)
        return user


class PasswordResetView(dj_rest_auth.PasswordResetView):
    authentication_classes = ()


class PasswordResetConfirmView(dj_rest_auth.PasswordResetConfirmView):
    authentication_classes = ()
