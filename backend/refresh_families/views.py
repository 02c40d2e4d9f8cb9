"""Refresh, verify and sign out."""

from dj_rest_auth.views import LogoutView as BaseLogoutView
from rest_framework import status
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.views import TokenVerifyView, TokenViewBase

from .serializers import RefreshSerializer, VerifySerializer
from .sign_out import sign_out


class RefreshView(TokenViewBase):
    serializer_class = RefreshSerializer


class VerifyView(TokenVerifyView):
    serializer_class = VerifySerializer


class LogoutView(BaseLogoutView):
    authentication_classes = ()  # a stale access token must not keep anyone in

    def logout(self, request):
        presented = request.data.get("refresh") if isinstance(request.data, dict) else None
        if not presented:
            return refused("Refresh token was not included in request data.")
        try:
            sign_out(RefreshToken(presented))
        except (TokenError, InvalidToken):
            return refused("Token is invalid, expired or signed out.")
        return Response({"detail": "Successfully logged out."})


def refused(detail: str) -> Response:
    return Response({"detail": detail}, status=status.HTTP_401_UNAUTHORIZED)
