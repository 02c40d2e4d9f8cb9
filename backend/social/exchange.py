"""An authorization code becomes what a provider says about a person."""

import secrets
from dataclasses import dataclass

import requests
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error


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
    """Nothing is saved yet, and the account may be a new one."""
    try:
        login = _redeem(request, provider, grant)
    except requests.RequestException as error:
        raise ProviderUnavailableError from error
    except (OAuth2Error, KeyError, TypeError, ValueError) as error:
        # Besides its own error, allauth lets those of a malformed answer through.
        raise GrantRefusedError("The identity provider did not accept the code.") from error
    nonce = str(login.account.extra_data["id_token"].get("nonce") or "")
    if not secrets.compare_digest(nonce.encode(), grant.nonce.encode()):
        raise GrantRefusedError("The identity provider answered another request.")
    return login


def _redeem(request, provider, grant: Grant) -> SocialLogin:
    adapter = provider.get_oauth2_adapter(request)
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
    # Checks the ID token's signature, issuer, audience and expiry.
    return adapter.complete_login(
        request, provider.app, adapter.parse_token(answer), response=answer
    )
