"""Access tokens are as good as their family."""

from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken

from . import cookies
from .conf import yew_auth_settings
from .tokens import living_family


class FamilyAuthentication(JWTAuthentication):
    """By cookie, or without `COOKIES` by `Authorization`: never by either of them, so
    that a request cannot be one user's by its cookie and another's by its header."""

    def authenticate(self, request):
        if not yew_auth_settings.COOKIES:
            return super().authenticate(request)
        presented = cookies.access_cookie().read(request)
        if not presented:
            return None
        token = self.get_validated_token(presented)
        return self.get_user(token), token

    def get_user(self, validated_token):
        """Signing out ends a session at once, not at its access token's expiry."""
        user = super().get_user(validated_token)
        if living_family(validated_token) is None:
            raise InvalidToken("The session is over.")
        return user
