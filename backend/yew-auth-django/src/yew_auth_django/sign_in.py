"""What each way to sign in has in common: password, registration, provider."""

from django.contrib.auth.models import update_last_login
from rest_framework import status
from rest_framework.response import Response

from .conf import yew_auth_settings
from .cookies import set_cookies
from .dpop import key_to_bind
from .held import HeldSessions
from .jar import Jar
from .middleware import expire_with_the_answer
from .models import RefreshFamily, Revocation
from .rehash import keep_sessions_of_the_same_password
from .serializers import CookieSignedInSerializer, SignedInSerializer
from .tokens import token_pair


def open_session(user, key_thumbprint: str = "") -> RefreshFamily:
    """A session of its own for someone who has just proved who they are."""
    update_last_login(None, user)
    return RefreshFamily.open(user, key_thumbprint)


class OpensSession:
    """A view that signs in, beside the sessions that the browser has already."""

    authentication_classes = ()  # a stale token must not refuse a sign-in
    key_thumbprint = ""

    def initial(self, request, *args, **kwargs):
        """Refuses what can be refused before a password or a code is used up."""
        super().initial(request, *args, **kwargs)
        if yew_auth_settings.COOKIES:
            Jar.of(request)  # what nobody could tell apart
        elif request.method == "POST":
            self.key_thumbprint = key_to_bind(request)

    def signed_in(self, family: RefreshFamily, status: int = status.HTTP_200_OK) -> Response:
        """The answer to a sign-in."""
        tokens = token_pair(family)
        instance = {"user": family.user, "family": family, **tokens}
        context = self.get_serializer_context()
        if not yew_auth_settings.COOKIES:
            return Response(SignedInSerializer(instance, context=context).data, status=status)
        response = Response(CookieSignedInSerializer(instance, context=context).data, status=status)
        set_cookies(response, family, tokens)
        make_room(self.request)
        return response


class SignInMixin(OpensSession):
    """Makes a login view of dj-rest-auth open a session, whatever REST_AUTH says.

    class GoogleLogin(SignInMixin, SocialLoginView): ...
    """

    def login(self):
        attributes = self.serializer.validated_data
        self.user = attributes["user"]
        keep_sessions_of_the_same_password(self.user, attributes.get("password"))
        self.family = open_session(self.user, self.key_thumbprint)

    def get_response(self) -> Response:
        return self.signed_in(self.family)


def make_room(request) -> None:
    """Of more live sessions than a browser may hold, the new one among them, the oldest go."""
    held = HeldSessions.of(Jar.of(request).sessions)
    kept = yew_auth_settings.SESSIONS_PER_BROWSER - 1
    for session in held.live[kept:]:
        session.family.revoke(Revocation.DISPLACED)
        held.dead.add(session.family.session_id)
    expire_with_the_answer(request, *held.dead)
