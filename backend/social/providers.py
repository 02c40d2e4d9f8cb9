"""The configured OpenID providers."""

from allauth.socialaccount.adapter import get_adapter

from .adapter import OpenIDAdapter


def configured_providers(request) -> list:
    return get_adapter(request).list_providers(request)


def find_provider(request, provider_id: str):
    """allauth's own lookup would also take the protocol's name, `openid_connect`."""
    for provider in configured_providers(request):
        if provider.app.provider_id == provider_id:
            return provider
    return None


def adapter_of(request, provider) -> OpenIDAdapter:
    return OpenIDAdapter(request, provider.app.provider_id)
