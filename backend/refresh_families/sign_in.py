"""What each way to sign in has in common: password, registration, provider."""

import contextlib

from django.conf import settings
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.tokens import RefreshToken

from . import cookies
from .sign_out import sign_out


class SignInMixin:
    """Over cookies a sign-in takes the place of the session that this browser had."""

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        if settings.COOKIE_MODE:
            _end_replaced_session(request)
            cookies.hand_over(response)
        return response


def _end_replaced_session(request) -> None:
    """Its cookies are about to be overwritten, so that nobody could end it later; and
    a refresh of it that is still under way could overwrite the new ones."""
    presented = cookies.refresh_cookie().read(request)
    if presented:
        with contextlib.suppress(TokenError, InvalidToken):
            sign_out(RefreshToken(presented))
