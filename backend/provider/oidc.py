"""The provider names itself in what it answers a browser (RFC 9207), and announces that it does."""

from urllib.parse import urlencode, urlsplit

from allauth.idp.oidc.adapter import DefaultOIDCAdapter, get_adapter
from django.urls import reverse


class OIDCAdapter(DefaultOIDCAdapter):
    def populate_server_metadata(self, data):
        data["authorization_response_iss_parameter_supported"] = True


class IssuerMiddleware:
    """Adds `iss` to each authorization response, the refusals too. allauth sends none."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path == reverse("idp:oidc:authorization") and "Location" in response:
            response["Location"] = with_issuer(response["Location"], get_adapter().get_issuer())
        return response


def with_issuer(location: str, issuer: str) -> str:
    """A redirect to the provider's own pages has no host, and stays as it is."""
    target = urlsplit(location)
    if not target.netloc:
        return location
    query = "&".join(filter(None, [target.query, urlencode({"iss": issuer})]))
    return target._replace(query=query).geturl()
