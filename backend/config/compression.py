"""Compresses what the API answers, except where an answer may hold a token.

BREACH finds out a secret by its length when compressed, where an attacker can make a browser
ask for it many times beside words of the attacker's own. It takes three things in one body:
compression, a secret that stays the same, and reflected input. The answers that are
compressed here reflect nothing that a request says: the list of posts is the same whatever
is asked, and no token, link or key is ever in it. Besides, Django pads each compressed
answer by a random length, and cookies are SameSite=Strict, so that another site's page
cannot even ask.

Answers below `/api/auth/` and of a sign-in by provider hold tokens in bearer mode, and
reflect a name or an address: they are never compressed. They are short anyway.
"""

from django.middleware.gzip import GZipMiddleware

_NEVER = ("/api/auth/", "/api/social/login/")


class CompressionMiddleware(GZipMiddleware):
    """Django's own for the rest of the API. The app's files were compressed when built."""

    def process_response(self, request, response):
        if request.path.startswith("/api/") and not request.path.startswith(_NEVER):
            return super().process_response(request, response)
        return response
