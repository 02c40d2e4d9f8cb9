"""Nonces for proofs: how old a proof is, by this server's own word (RFC 9449 section 8)."""

import secrets

from django.core import signing
from rest_framework_simplejwt.settings import api_settings as jwt_settings

from .conf import NONCE_HEADER

_SHORTEST_LIFETIME = 60
# Signed, so that any process of any host takes it back.
_SIGNER = signing.TimestampSigner(salt="yew_auth_django.dpop")
_TO_TELL = "_yew_auth_nonce_to_tell"


def lifetime() -> int:
    """In seconds. A page refreshes before its access token expires, and so keeps a good one."""
    return max(int(jwt_settings.ACCESS_TOKEN_LIFETIME.total_seconds()), _SHORTEST_LIFETIME)


def new_nonce() -> str:
    return _SIGNER.sign(secrets.token_urlsafe(6))


def is_good(nonce) -> bool:
    """Whether it is one of this server, and of now."""
    try:
        return isinstance(nonce, str) and bool(_SIGNER.unsign(nonce, max_age=lifetime()))
    except signing.BadSignature:
        return False


def tell_nonce(request) -> None:
    """The answer, whatever it is, tells a nonce for the next proof."""
    setattr(getattr(request, "_request", request), _TO_TELL, True)


def add_nonce(request, response) -> None:
    """To be called by the middleware."""
    if getattr(request, _TO_TELL, False):
        response[NONCE_HEADER] = new_nonce()
