"""The OpenID providers. Google is one of them, with no code of its own."""

from django.core.exceptions import ImproperlyConfigured

from . import env

_DEVELOPMENT_PROVIDER = "http://127.0.0.1:8022"


def _provider(provider_id: str, name: str, server_url: str, client_id: str, secret: str) -> dict:
    return {
        "provider_id": provider_id,
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {
            "server_url": server_url,
            "oauth_pkce_enabled": True,
            # The ID token carries all that is needed, and is checked.
            "fetch_userinfo": False,
        },
    }


def configured_providers(debug: bool, loopback_http: bool) -> list[dict]:
    """allauth's APPS. Only with DEBUG=1 is there a provider that nobody has asked for."""
    providers = []
    server_url = env.text("OIDC_SERVER_URL", _DEVELOPMENT_PROVIDER if debug else "").rstrip("/")
    if server_url:
        providers.append(
            _provider(
                "dev",
                env.text("OIDC_NAME", "Dev OIDC"),
                checked_url(server_url, loopback_http),
                env.text("OIDC_CLIENT_ID", "spa"),
                env.text("OIDC_CLIENT_SECRET"),
            )
        )
    if env.text("GOOGLE_CLIENT_ID"):
        providers.append(
            _provider(
                "google",
                "Google",
                "https://accounts.google.com",
                env.text("GOOGLE_CLIENT_ID"),
                env.text("GOOGLE_CLIENT_SECRET"),
            )
        )
    return providers


def checked_url(url: str, loopback_http: bool) -> str:
    """A provider's address: what it answers is trusted, so nobody may change it on the way."""
    scheme, _, rest = url.partition("://")
    if not rest:
        raise ImproperlyConfigured(
            f"OIDC_SERVER_URL must be an address with https://, not {url!r}."
        )
    env.origin("OIDC_SERVER_URL", f"{scheme}://{rest.split('/')[0]}", loopback_http=loopback_http)
    return url
