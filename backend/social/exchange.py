"""An authorization code becomes what a provider says about a person."""

import logging
import secrets
from dataclasses import dataclass

import requests
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error

from outbound.documents import UnavailableError
from outbound.gate import outbound

from .id_token import IdTokenError
from .providers import adapter_of

logger = logging.getLogger(__name__)


class ProviderUnavailableError(Exception):
    """The provider did not answer, or answered with an error of its own."""


class GrantRefusedError(Exception):
    """The provider refused the code, or vouched for something else with it."""


@dataclass(frozen=True)
class Grant:
    """What the browser brings back from the provider, and what it began with."""

    code: str
    code_verifier: str
    redirect_uri: str
    nonce: str


def exchange(request, provider, grant: Grant) -> SocialLogin:
    """Nothing is saved yet, and the account may be a new one.

    Raises TooBusyError where no thread may wait for the provider.
    """
    name = provider.app.provider_id
    try:
        with outbound():
            login = _redeem(request, provider, grant)
    except (requests.RequestException, UnavailableError) as error:
        logger.warning("provider %s did not answer: %s: %s", name, type(error).__name__, error)
        raise ProviderUnavailableError from error
    except (OAuth2Error, KeyError, TypeError, ValueError) as error:
        # Besides its own error, allauth lets those of a malformed answer through. What the
        # provider has answered may hold a token: it stays out of the log.
        logger.warning("provider %s did not accept a code: %s", name, type(error).__name__)
        raise GrantRefusedError("The identity provider did not accept the code.") from error
    except IdTokenError as error:
        logger.warning("an ID token of provider %s is refused: %s", name, error)
        raise GrantRefusedError("The identity provider did not accept the code.") from error
    nonce = str(login.account.extra_data["id_token"].get("nonce") or "")
    if not secrets.compare_digest(nonce.encode(), grant.nonce.encode()):
        raise GrantRefusedError("The identity provider answered another request.")
    return login


def _redeem(request, provider, grant: Grant) -> SocialLogin:
    adapter = adapter_of(request, provider)
    client = OAuth2Client(
        request,
        provider.app.client_id,
        provider.app.secret,
        adapter.access_token_method,
        adapter.access_token_url,
        grant.redirect_uri,
        headers=adapter.headers,
        basic_auth=adapter.basic_auth,
    )
    answer = client.get_access_token(grant.code, pkce_code_verifier=grant.code_verifier)
    if "id_token" not in answer:
        raise OAuth2Error("no ID token")
    return adapter.complete_login(
        request, provider.app, adapter.parse_token(answer), response=answer
    )
