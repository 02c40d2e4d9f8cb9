"""Sign-in by password, refresh, verify, sign-out and change of password."""

from dj_rest_auth import views as dj_rest_auth
from django.db import transaction
from django.utils.decorators import method_decorator
from rest_framework import status
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.views import TokenVerifyView, TokenViewBase

from .conf import yew_auth_settings
from .cookies import set_cookies
from .dpop import check_possession
from .presented import expire_presented, presented_refresh_token
from .refresh import refresh
from .serializers import (
    CookieRefreshedSerializer,
    PasswordChangeSerializer,
    RefreshedSerializer,
    RefreshSerializer,
    VerifySerializer,
)
from .sign_in import SignInMixin
from .sign_out import sign_out
from .tokens import token_pair


class LoginView(SignInMixin, dj_rest_auth.LoginView):
    """By name or address and password."""


class PasswordChangeView(dj_rest_auth.PasswordChangeView):
    serializer_class = PasswordChangeSerializer


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class RefreshView(TokenViewBase):
    """Not within ATOMIC_REQUESTS, which with the 401 would take the revocation back."""

    serializer_class = RefreshSerializer

    def post(self, request, *args, **kwargs):
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        presented = presented_refresh_token(request)
        if not yew_auth_settings.COOKIES:
            check_possession(request, presented, needs_nonce=True)
        family = refresh(presented)
        tokens = token_pair(family)
        instance = {"family": family, **tokens}
        if not yew_auth_settings.COOKIES:
            return Response(RefreshedSerializer(instance).data)
        response = Response(CookieRefreshedSerializer(instance).data)
        set_cookies(response, family, tokens)
        return response

    def handle_exception(self, exc):
        response = super().handle_exception(exc)
        if response.status_code == status.HTTP_401_UNAUTHORIZED:
            expire_presented(self.request)
        return response


class VerifyView(TokenVerifyView):
    serializer_class = VerifySerializer


class LogoutView(dj_rest_auth.LogoutView):
    authentication_classes = ()  # a stale access token must not keep anyone in

    def logout(self, request):
        try:
            sign_out(presented_refresh_token(request))
            response = Response({"detail": "Successfully logged out."})
        except InvalidToken:
            detail = {"detail": "Token is missing, invalid, expired or signed out."}
            response = Response(detail, status=status.HTTP_401_UNAUTHORIZED)
        expire_presented(request)
        return response
