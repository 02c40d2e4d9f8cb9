"""Access tokens are as good as their family."""

from dj_rest_auth.jwt_auth import JWTCookieAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken

from .tokens import living_family


class FamilyAuthentication(JWTCookieAuthentication):
    """Signing out ends a session at once, not at its access token's expiry."""

    def get_user(self, validated_token):
        user = super().get_user(validated_token)
        if living_family(validated_token) is None:
            raise InvalidToken("The session is over.")
        return user
