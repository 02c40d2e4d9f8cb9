"""Sign-in by password, refresh, verify, sign-out and change of password."""

from dj_rest_auth import views as dj_rest_auth
from rest_framework import status
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.views import TokenVerifyView, TokenViewBase

from . import cookies
from .conf import yew_auth_settings
from .serializers import PasswordChangeSerializer, RefreshSerializer, VerifySerializer
from .sign_in import SignInMixin
from .sign_out import sign_out


class LoginView(SignInMixin, dj_rest_auth.LoginView):
    """By name or address and password."""


class PasswordChangeView(dj_rest_auth.PasswordChangeView):
    serializer_class = PasswordChangeSerializer


class RefreshView(TokenViewBase):
    serializer_class = RefreshSerializer

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if yew_auth_settings.COOKIES:
            cookies.hand_over(response)
        return response

    def handle_exception(self, exc):
        response = super().handle_exception(exc)
        if yew_auth_settings.COOKIES and response.status_code == status.HTTP_401_UNAUTHORIZED:
            cookies.take_back(response)
        return response


class VerifyView(TokenVerifyView):
    serializer_class = VerifySerializer


class LogoutView(dj_rest_auth.LogoutView):
    authentication_classes = ()  # a stale access token must not keep anyone in

    def logout(self, request):
        if not yew_auth_settings.COOKIES:
            body = request.data
            return end_session(body.get("refresh") if isinstance(body, dict) else None)
        response = end_session(cookies.refresh_cookie().read(request))
        cookies.take_back(response)
        return response


def end_session(presented) -> Response:
    if not presented:
        return refused("Refresh token was not included in the request.")
    try:
        sign_out(RefreshToken(presented))
    except (TokenError, InvalidToken):
        return refused("Token is invalid, expired or signed out.")
    return Response({"detail": "Successfully logged out."})


def refused(detail: str) -> Response:
    return Response({"detail": detail}, status=status.HTTP_401_UNAUTHORIZED)
