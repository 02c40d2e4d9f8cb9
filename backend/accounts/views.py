"""Sign-in, registration and passwords, each with a limit of its own."""

from dj_rest_auth import views as dj_rest_auth
from django.conf import settings
from rest_framework import status
from rest_framework.exceptions import PermissionDenied, Throttled, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from config.audit import Event, record
from yew_auth_django import views as yew_auth
from yew_auth_django.registration import RegistrationView as BaseRegistrationView

from . import mails, outbox
from .identifier import guesser_for
from .serializers import LoginSerializer, PasswordResetSerializer


class LoginView(yew_auth.LoginView):
    throttle_scope = "sign_in"
    serializer_class = LoginSerializer

    def post(self, request, *args, **kwargs):
        try:
            response = super().post(request, *args, **kwargs)
        except ValidationError:
            record(Event.SIGN_IN_FAILED, method="password")
            raise
        record(Event.SIGNED_IN, self.user.pk, method="password")
        return response


class LogoutView(yew_auth.LogoutView):
    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if response.status_code == status.HTTP_200_OK:
            record(Event.SIGNED_OUT)
        return response


class UserDetailsView(dj_rest_auth.UserDetailsView):
    def perform_update(self, serializer):
        super().perform_update(serializer)
        record(Event.ACCOUNT_CHANGED, self.request.user.pk)


class RegistrationView(BaseRegistrationView):
    throttle_scope = "registration"

    def create(self, request, *args, **kwargs):
        if not settings.REGISTRATION_OPEN:
            raise PermissionDenied("Registration is closed.", code="registration_closed")
        response = super().create(request, *args, **kwargs)
        record(Event.REGISTERED, response.data["user"]["pk"])
        return response


class PasswordChangeView(yew_auth.PasswordChangeView):
    throttle_scope = "password_change"

    def post(self, request, *args, **kwargs):
        """Whoever holds a stolen session does not get to guess the password by it."""
        guesser = guesser_for(request, request.user)
        wait = guesser.seconds_to_wait()
        if wait:
            raise Throttled(wait)
        try:
            response = super().post(request, *args, **kwargs)
        except ValidationError as error:
            if "old_password" not in error.detail:
                guesser.succeeded()
            record(Event.PASSWORD_CHANGE_FAILED, request.user.pk)
            raise
        guesser.succeeded()
        record(Event.PASSWORD_CHANGED, request.user.pk)
        outbox.later(mails.send_password_changed, request.user)
        return response


class PasswordResetView(GenericAPIView):
    """The same answer in the same time, whether there is such an account or not."""

    throttle_scope = "password_reset"
    authentication_classes = ()
    permission_classes = (AllowAny,)
    serializer_class = PasswordResetSerializer

    def post(self, request):
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        record(Event.PASSWORD_RESET_ASKED)
        outbox.later(mails.send_reset_links, serializer.validated_data["email"])
        return Response({"detail": "Password reset e-mail has been sent."})


class PasswordResetConfirmView(dj_rest_auth.PasswordResetConfirmView):
    throttle_scope = "password_reset_confirm"
    authentication_classes = ()

    def post(self, request, *args, **kwargs):
        serializer = self.get_serializer(data=request.data)
        if not serializer.is_valid():
            record(Event.PASSWORD_RESET_FAILED)
            raise ValidationError(serializer.errors)
        serializer.save()
        guesser_for(request, serializer.user).succeeded()
        record(Event.PASSWORD_RESET, serializer.user.pk, dropped_links=serializer.dropped_links)
        outbox.later(mails.send_password_changed, serializer.user, serializer.dropped_links)
        return Response({"detail": "Password has been reset with the new password."})
