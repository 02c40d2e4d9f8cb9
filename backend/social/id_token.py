"""An ID token, checked as OpenID Connect Core 1.0, section 3.1.3.7, asks."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import jwt

from config.storable import is_storable
from throttling import counters

from . import discovery

# Clocks differ: so many seconds are forgiven.
LEEWAY = 60
_ALGORITHMS = frozenset(
    ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
)
# Section 2 of the specification.
_LONGEST_SUBJECT = 255
# A key that is not in the set that is kept may be new: the set is asked for again, if not
# within the last so many seconds.
_KEYS_AT_LEAST = 10
_REPLAY_WINDOW = 3600


class IdTokenError(Exception):
    """Why a token is refused; for the log."""


@dataclass(frozen=True)
class Expectation:
    """Whose token it should be, and for whom."""

    issuer: str
    client_id: str
    jwks_uri: str


def verified_claims(token: str, expected: Expectation) -> dict[str, Any]:
    """Raises IdTokenError, and outbound's errors where the keys cannot be had."""
    try:
        header = jwt.get_unverified_header(token)
        claims = jwt.decode(
            token,
            _key(header, expected.jwks_uri),
            algorithms=[_algorithm(header)],
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, TypeError, ValueError) as error:
        raise IdTokenError(f"{type(error).__name__}: {error}") from error
    _check_party(claims, expected.client_id)
    _check_texts(claims)
    _check_replay(claims)
    return claims


def subject_key(claims: dict[str, Any]) -> str:
    """One person of one issuer. A subject alone says nothing: each issuer has its own."""
    pair = json.dumps([claims["iss"], claims["sub"]])
    return hashlib.sha256(pair.encode()).hexdigest()


def _algorithm(header: dict) -> str:
    algorithm = header.get("alg")
    if algorithm not in _ALGORITHMS:
        raise IdTokenError(f"it is signed by {algorithm!r}")
    return algorithm


def _key(header: dict, jwks_uri: str):
    algorithm, key_id = _algorithm(header), header.get("kid")
    found = _matching(discovery.keys(jwks_uri), key_id)
    if found is None:
        found = _matching(discovery.keys(jwks_uri, at_least=_KEYS_AT_LEAST), key_id)
    if found is None:
        raise IdTokenError(f"the provider has no key {key_id!r}")
    if found.get("alg", algorithm) != algorithm:
        raise IdTokenError(f"the key {key_id!r} is not for {algorithm}")
    return jwt.PyJWK(found, algorithm=algorithm).key


def _matching(keys: list[dict], key_id: str | None) -> dict | None:
    """A token without a `kid` is signed by the one key there is."""
    keys = [key for key in keys if key.get("use", "sig") == "sig"]
    if key_id is not None:
        return next((key for key in keys if key.get("kid") == key_id), None)
    return keys[0] if len(keys) == 1 else None


def _check_party(claims: dict, client_id: str) -> None:
    audience, party = claims["aud"], claims.get("azp")
    if party is not None and party != client_id:
        raise IdTokenError(f"it was made for {party!r}")
    if isinstance(audience, list) and len(audience) > 1 and party is None:
        raise IdTokenError("it is for several, and does not say who asked for it")


def _check_texts(claims: dict) -> None:
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise IdTokenError("its subject is no name of 1 to 255 characters")
    if not is_storable(claims):
        raise IdTokenError("it holds characters that are no text")


def _check_replay(claims: dict) -> None:
    """A token with an id is taken once."""
    if token_id := claims.get("jti"):
        subject = f"id token {json.dumps([claims['iss'], token_id])}"
        if counters.add(subject, _REPLAY_WINDOW).number > 1:
            raise IdTokenError("it has been used before")
