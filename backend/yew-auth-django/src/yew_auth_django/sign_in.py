"""What each way to sign in has in common: password, registration, provider."""

import contextlib

from django.contrib.auth.models import update_last_login
from rest_framework.response import Response
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.tokens import RefreshToken

from . import cookies
from .conf import yew_auth_settings
from .models import RefreshFamily
from .serializers import SignedInSerializer
from .sign_out import sign_out
from .tokens import token_pair


def open_session(user) -> RefreshFamily:
    """A session of its own for someone who has just proved who they are."""
    update_last_login(None, user)
    return RefreshFamily.open(user)


def signed_in_answer(family: RefreshFamily, context: dict) -> dict:
    """The body of the answer to a sign-in, with the tokens still in it."""
    return SignedInSerializer({"user": family.user, **token_pair(family)}, context=context).data


def hand_over(request, response: Response) -> Response:
    """Over cookies a sign-in takes the place of the session that this browser had."""
    if yew_auth_settings.COOKIES:
        _end_replaced_session(request)
        cookies.hand_over(response)
    return response


class SignInMixin:
    """Makes a login view of dj-rest-auth open a session, whatever REST_AUTH says.

    class GoogleLogin(SignInMixin, SocialLoginView): ...
    """

    authentication_classes = ()  # a stale token must not refuse a sign-in

    def login(self):
        self.user = self.serializer.validated_data["user"]
        self.family = open_session(self.user)

    def get_response(self) -> Response:
        answer = signed_in_answer(self.family, self.get_serializer_context())
        return hand_over(self.request, Response(answer))


def _end_replaced_session(request) -> None:
    """Its cookies are about to be overwritten, so that nobody could end it later; and
    a refresh of it that is still under way could overwrite the new ones."""
    presented = cookies.refresh_cookie().read(request)
    if presented:
        with contextlib.suppress(TokenError, InvalidToken):
            sign_out(RefreshToken(presented))
