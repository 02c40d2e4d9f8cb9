"""Tokens that are of no use without a key (DPoP, RFC 9449), over bearer tokens.

A page that wants this signs each request by a key that nobody can take out of its browser.
Its signature is a *proof*, a JWT in the header `DPoP`. A sign-in that comes with one binds
its session to the key: both tokens name it (`cnf.jkt`), and neither is honoured without a
proof by that key.
"""

import hashlib
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import jwt
from django.core.cache import cache
from django.utils import timezone
from rest_framework_simplejwt.exceptions import InvalidToken
from rest_framework_simplejwt.tokens import Token

from . import dpop_nonce
from .conf import PROOF_HEADER, yew_auth_settings
from .errors import NonceRequiredError, ProofError
from .json_web_key import EllipticCurveKey, encoded

SCHEME = "DPoP"
# The confirmation claim (RFC 7800), and in it the key's thumbprint (RFC 9449 section 6.1).
CONFIRMATION_CLAIM = "cnf"
THUMBPRINT_MEMBER = "jkt"
# So many seconds the clock of a browser may be off. If it is off by more, a nonce of ours
# says how old the proof is.
CLOCK_TOLERANCE = 60
_LONGEST_ID = 255


def thumbprint_in(token: Token) -> str:
    """Of the key that the token is bound to; empty if it is bound to none."""
    confirmation = token.get(CONFIRMATION_CLAIM)
    return confirmation.get(THUMBPRINT_MEMBER, "") if isinstance(confirmation, dict) else ""


def key_to_bind(request) -> str:
    """The thumbprint of the key that a sign-in binds its session to; empty for none."""
    thumbprint = _proved_thumbprint(request)
    if not thumbprint and yew_auth_settings.DPOP_REQUIRED:
        raise ProofError("A DPoP proof is missing.")
    return thumbprint


def check_possession(
    request, token: Token, *, access_token: bytes | None = None, needs_nonce: bool = False
) -> None:
    """Raises ProofError unless the request proves the key that the token is bound to.

    `access_token` is the token as it was sent, which the proof has to name. A refresh token
    is named by no proof, so a proof for it might have been signed long ago, for later: it
    `needs_nonce`.
    """
    bound_to = thumbprint_in(token)
    if not bound_to:
        if yew_auth_settings.DPOP_REQUIRED:
            raise InvalidToken("The token is not bound to a key.")
        return
    proved = _proved_thumbprint(request, access_token=access_token, needs_nonce=needs_nonce)
    if proved != bound_to:
        raise ProofError("A DPoP proof by the token's key is missing.")


def is_first_use(key: str, seconds: int) -> bool:
    """The default of `DPOP_FIRST_USE`: Django's cache, which all processes should share."""
    return cache.add(f"yew-auth-dpop-{key}", True, seconds)


def _proved_thumbprint(
    request, *, access_token: bytes | None = None, needs_nonce: bool = False
) -> str:
    """That of the key by which the request's proof is signed, checked as section 4.3 asks.
    Empty if there is no proof."""
    proof = request.headers.get(PROOF_HEADER)
    if proof is None:
        return ""
    dpop_nonce.tell_nonce(request)
    key, claims = _verified(proof)
    if claims["htm"] != request.method:
        raise ProofError("The proof is for another method.")
    if not _is_address_of(request, claims["htu"]):
        raise ProofError("The proof is for another address.")
    if access_token is not None and claims.get("ath") != _hash(access_token):
        raise ProofError("The proof is for another access token.")
    _check_age(claims, needs_nonce)
    _check_first_use(key, claims)
    return key.thumbprint()


def _verified(proof: str) -> tuple[EllipticCurveKey, dict]:
    try:
        header = jwt.get_unverified_header(proof)
        if header.get("typ") != "dpop+jwt":
            raise ProofError("The proof's type is not dpop+jwt.")
        key = EllipticCurveKey.read(header.get("jwk"))
        claims = jwt.decode(
            proof,
            key.public_key(),
            algorithms=[EllipticCurveKey.ALGORITHM],
            # How old it is depends on its nonce.
            options={"require": ["jti", "htm", "htu", "iat"], "verify_iat": False},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise ProofError("The proof is malformed or not signed by its key.") from error
    if not isinstance(claims["jti"], str) or not 0 < len(claims["jti"]) <= _LONGEST_ID:
        raise ProofError("The proof's id is no text of 1 to 255 characters.")
    return key, claims


def _is_address_of(request, address) -> bool:
    """Query and fragment do not count."""
    try:
        named = urlsplit(address)
        origin = urlsplit(yew_auth_settings.API_ORIGIN or own_origin(request))
        path = unquote(named.path, errors="strict")
        return _site(named) == _site(origin) and path == request.path
    except (AttributeError, TypeError, ValueError):
        return False


def own_origin(request) -> str:
    """A proxy that ends https rarely says so; `SECURE` does."""
    scheme = "https" if yew_auth_settings.SECURE else request.scheme
    return f"{scheme}://{request.get_host()}"


def _site(address) -> tuple[str, str | None, int | None]:
    default_ports = {"http": 80, "https": 443}
    return address.scheme, address.hostname, address.port or default_ports.get(address.scheme)


def _check_age(claims: dict, needs_nonce: bool) -> None:
    """By its nonce, or else by its own word (section 4.3, item 11)."""
    if "nonce" in claims:
        if not dpop_nonce.is_good(claims["nonce"]):
            raise NonceRequiredError("The proof's nonce is too old.")
        return
    if needs_nonce:
        raise NonceRequiredError("The proof has no nonce.")
    try:
        age = timezone.now() - datetime.fromtimestamp(claims["iat"], UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise ProofError("The proof does not say when it was signed.") from error
    if abs(age.total_seconds()) > CLOCK_TOLERANCE:
        raise NonceRequiredError("The proof is too old, or the browser's clock is off.")


def _check_first_use(key: EllipticCurveKey, claims: dict) -> None:
    """A browser may send a request again by itself when its connection breaks. It is told to
    sign anew, so that nobody is signed out for it; a thief cannot."""
    use = _hash(f"{key.thumbprint()} {claims['jti']}".encode("utf-8", "surrogatepass"))
    seconds = dpop_nonce.lifetime() + 2 * CLOCK_TOLERANCE
    if not yew_auth_settings.DPOP_FIRST_USE(use, seconds):
        raise NonceRequiredError("The proof has been used before.")


def _hash(data: bytes) -> str:
    return encoded(hashlib.sha256(data).digest())
