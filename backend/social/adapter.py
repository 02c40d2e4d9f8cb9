"""allauth's adapters, with a provider's failure told from its refusal, and limits."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

from outbound.session import BoundedSession

from . import discovery
from .id_token import Expectation, subject_key, verified_claims


def raise_for_server_error(response, *args, **kwargs):
    if response.status_code >= 500:
        response.raise_for_status()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    def get_requests_session(self):
        """allauth reads a token endpoint's 503 as an answer to the code."""
        session = BoundedSession()
        session.hooks["response"].append(raise_for_server_error)
        return session


class OpenIDAdapter(OpenIDConnectOAuth2Adapter):
    """Keeps what providers publish, and checks all that an ID token says."""

    @property
    def openid_config(self) -> dict:
        return discovery.configuration(self.get_provider().server_url)

    def complete_login(self, request, app, token, **kwargs) -> SocialLogin:
        claims = verified_claims(
            kwargs["response"]["id_token"],
            Expectation(
                issuer=self.openid_config["issuer"],
                client_id=app.client_id,
                jwks_uri=self.openid_config["jwks_uri"],
            ),
        )
        login = self.get_provider().sociallogin_from_response(request, {"id_token": claims})
        login.account.uid = subject_key(claims)
        return login
