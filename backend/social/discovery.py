"""What a provider publishes about itself: its configuration and its keys."""

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings

from outbound.documents import Documents

_MINUTE = 60
_DAY = 24 * 3600
DOCUMENTS = Documents(fresh=10 * _MINUTE, stale=_DAY, retry=5)

# Where a person signs out at the provider.
END_SESSION = "end_session_endpoint"
_REQUIRED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def configuration(url: str) -> dict:
    """The discovery document (OpenID Connect Discovery 1.0). Raises outbound's errors."""
    return DOCUMENTS.get(url, _fetch_configuration)


def keys(url: str, *, at_least: float | None = None) -> list[dict]:
    """The provider's key set (RFC 7517)."""
    return DOCUMENTS.get(url, _fetch_keys, at_least=at_least)


def _fetch_configuration(url: str) -> dict:
    document = _fetch(url)
    for name in _REQUIRED:
        if not _is_address(document.get(name)):
            raise ValueError(f"the discovery document has no good {name}")
    # OpenID Connect RP-Initiated Logout 1.0, section 2.1. Nobody has to have it.
    if not _is_address(document.get(END_SESSION)):
        document.pop(END_SESSION, None)
    # Section 4.3: whoever answers at this address speaks for no other issuer.
    if document["issuer"].rstrip("/") != url.partition("/.well-known/")[0]:
        raise ValueError(f"the discovery document is that of {document['issuer']}")
    return document


def _is_address(value) -> bool:
    schemes = ("https://", "http://") if settings.LOOPBACK_ONLY else ("https://",)
    return isinstance(value, str) and value.startswith(schemes)


def _fetch_keys(url: str) -> list[dict]:
    found = _fetch(url).get("keys")
    if not isinstance(found, list):
        raise ValueError("the key set has no keys")
    return [key for key in found if isinstance(key, dict)]


def _fetch(url: str) -> dict:
    with get_adapter().get_requests_session() as session:
        response = session.get(url)
    response.raise_for_status()
    document = response.json()
    if not isinstance(document, dict):
        raise ValueError("the document is no JSON object")
    return document
