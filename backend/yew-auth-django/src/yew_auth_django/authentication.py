"""An access token is as good as its session, and speaks for that one alone."""

from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken

from .conf import yew_auth_settings
from .errors import NotOwnRequestError, SessionOverError
from .held import HeldSessions, refuse_for_another
from .jar import Jar
from .middleware import ask_for_a_name, expire_with_the_answer
from .models import Revocation
from .own_requests import why_foreign
from .session_name import NOBODY, SAFE_METHODS, named_session
from .tokens import SESSION_CLAIM, belongs_to, family_of


class FamilyAuthentication(JWTAuthentication):
    """By cookie, or without `COOKIES` by `Authorization`: never by either of them, so
    that a request cannot be one user's by its cookie and another's by its header."""

    def authenticate(self, request):
        if not yew_auth_settings.COOKIES:
            return super().authenticate(request)
        name = named_session(request)
        if name == NOBODY:
            return None
        if name is not None:
            # Whatever the view's path is, and should the middleware have been left out.
            if lacking := why_foreign(request):
                raise NotOwnRequestError(lacking)
            return self._named(request, name)
        return self._only(request) if request.method in SAFE_METHODS else None

    def _named(self, request, session_id: str):
        """By the cookie of that session and no other."""
        jar = Jar.of(request)
        if session_id not in jar.sessions:
            refuse_for_another(request, session_id)
            return None
        presented = jar.tokens(session_id).access
        if not presented:
            return None
        token = self.get_validated_token(presented)
        if token.get(SESSION_CLAIM) != session_id:
            raise InvalidToken("The token is of another session.")
        # The cookies of a session that is over stay: the refresh that follows tells the page.
        return self.get_user(token), token

    def _only(self, request):
        """What cannot carry a header is served if the browser leaves no choice."""
        held = HeldSessions.of(Jar.of(request).sessions)
        expire_with_the_answer(request, *held.dead)
        if len(held.live) > 1:
            ask_for_a_name(request)
            return None
        if not held.live or not held.live[0].access:
            return None
        [session] = held.live
        return session.family.user, session.access

    def get_user(self, validated_token):
        """One query. Signing out ends a session at once, not at its access token's expiry."""
        family = family_of(validated_token)
        if family is None:
            super().get_user(validated_token)  # says so if there is no such user either
            raise SessionOverError
        if not belongs_to(validated_token, family):
            raise InvalidToken("The token is of another user.")
        reason = family.revoke_if_due()
        if reason is Revocation.ACCOUNT_DISABLED:
            raise AuthenticationFailed("User is inactive", code="user_inactive")
        if reason or family.is_over():
            raise SessionOverError
        return family.user
