"""The OpenID providers. Google is one of them, with no code of its own."""

from . import env


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


def configured_providers() -> list[dict]:
    providers = []
    server_url = env.text("OIDC_SERVER_URL", "http://127.0.0.1:8022")
    if server_url:
        providers.append(
            _provider(
                "dev",
                env.text("OIDC_NAME", "Dev OIDC"),
                server_url,
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
