"""An access token is as good as its session, and speaks for that one alone."""

from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken

from .conf import yew_auth_settings
from .dpop import SCHEME, check_possession, thumbprint_in
from .errors import NotOwnRequestError, ProofError, SessionOverError
from .family_lookup import FAMILIES
from .held import HeldSessions, refuse_for_another
from .jar import Jar
from .json_web_key import EllipticCurveKey
from .middleware import ask_for_a_name, expire_with_the_answer
from .models import RefreshFamily, Revocation
from .own_requests import why_foreign
from .session_name import NOBODY, SAFE_METHODS, named_session
from .tokens import SESSION_CLAIM, belongs_to, family_of

_PROOF_ERROR = "_yew_auth_proof_error"


class FamilyAuthentication(JWTAuthentication):
    """By cookie, or without `COOKIES` by `Authorization`: never by either of them, so
    that a request cannot be one user's by its cookie and another's by its header."""

    # A subclass may read more by the query that looks for the session.
    families = FAMILIES

    def authenticate(self, request):
        if not yew_auth_settings.COOKIES:
            return self._by_header(request)
        name = named_session(request)
        if name == NOBODY:
            return None
        if name is not None:
            # Whatever the view's path is, and should the middleware have been left out.
            if lacking := why_foreign(request):
                raise NotOwnRequestError(lacking)
            return self._named(request, name)
        return self._only(request) if request.method in SAFE_METHODS else None

    def authenticate_header(self, request):
        """What the 401 says of a proof that is missing or does not hold (RFC 9449 section 7.1)."""
        error = getattr(request, _PROOF_ERROR, None)
        if error is None:
            return super().authenticate_header(request)
        return f'{SCHEME} error="{error}", algs="{EllipticCurveKey.ALGORITHM}"'

    def _by_header(self, request):
        presented = self._presented(request)
        if presented is None:
            return None
        scheme, raw_token = presented
        token = self.get_validated_token(raw_token)
        try:
            if bool(thumbprint_in(token)) != (scheme == SCHEME.lower()):
                raise ProofError("The token does not go with the scheme of its header.")
            check_possession(request, token, access_token=raw_token)
        except ProofError as error:
            setattr(request, _PROOF_ERROR, error.detail["code"])
            raise InvalidToken(error.detail) from error
        return self.get_user(token), token

    def _presented(self, request) -> tuple[str, bytes] | None:
        """The scheme in lower case, and the token."""
        header = self.get_header(request) or b""
        scheme, _, raw_token = header.partition(b" ")
        if scheme.lower() == SCHEME.lower().encode():
            return SCHEME.lower(), raw_token.strip()
        raw_token = self.get_raw_token(header)
        return raw_token and (scheme.decode("latin-1").lower(), raw_token)

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
        return self.get_family(validated_token).user

    def get_family(self, validated_token) -> RefreshFamily:
        """One query. Signing out ends a session at once, not at its access token's expiry."""
        family = family_of(validated_token, self.families)
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
        return family
