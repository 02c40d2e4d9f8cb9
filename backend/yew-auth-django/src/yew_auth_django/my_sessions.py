"""`sessions/mine/`: which live sessions a browser holds, for a page that has lost its record."""

from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import RefreshToken

from .conf import yew_auth_settings
from .cookies import TokenCookie, set_cookies
from .held import HeldSession, HeldSessions
from .jar import Jar, Tokens
from .kind import Kind
from .middleware import expire_with_the_answer
from .serializers import HeldSessionSerializer
from .session_name import is_session_id
from .tokens import SESSION_CLAIM


class MySessionsView(APIView):
    """Those that can be refreshed, the newest sign-in first."""

    authentication_classes = ()
    permission_classes = ()

    def get(self, request):
        if not yew_auth_settings.COOKIES:
            return Response({"sessions": []})
        jar = Jar.of(request)
        unnamed = jar.unnamed()
        unnamed_id = session_id_of(unnamed)
        taken_over = {unnamed_id: unnamed} if unnamed_id else {}
        held = HeldSessions.of({**taken_over, **jar.sessions})
        live = [session for session in held.live if session.refresh]
        context = {"request": request, "view": self}
        body = HeldSessionSerializer(live, many=True, context=context).data
        response = Response({"sessions": body})
        expire_with_the_answer(request, *held.dead & jar.sessions.keys())
        for session in live:
            if session.family.session_id not in jar.sessions:
                name_cookies(response, session, unnamed)
        if unnamed != Tokens():
            for kind in Kind:
                TokenCookie.unnamed(kind).expire(response)
        return response


def session_id_of(unnamed: Tokens) -> str | None:
    """The session of the pair from before cookies were named after theirs."""
    try:
        session_id = RefreshToken(unnamed.refresh).get(SESSION_CLAIM) if unnamed.refresh else None
    except TokenError:
        return None
    return session_id if is_session_id(session_id) else None


def name_cookies(response, session: HeldSession, tokens: Tokens) -> None:
    """Its tokens stay as they are, under names of their own."""
    named = {Kind.REFRESH: tokens.refresh}
    if session.access:
        named[Kind.ACCESS] = tokens.access
    set_cookies(response, session.family, named)
