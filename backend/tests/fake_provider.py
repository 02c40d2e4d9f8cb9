"""An OpenID provider that says whatever a test wants it to, at the HTTP client's edge."""

import json
import time
from collections.abc import Callable
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://id.test"
CLIENT_ID = "the-app"
NONCE = "a-nonce"
APP = {
    "provider_id": "acme",
    "name": "Acme",
    "client_id": CLIENT_ID,
    "secret": "",
    "settings": {"server_url": ISSUER, "oauth_pkce_enabled": True, "fetch_userinfo": False},
}
# What a browser hands in after a sign-in at this provider.
GRANT = {
    "code": "a-code",
    "code_verifier": "v" * 43,
    "redirect_uri": "http://127.0.0.1:8080/auth/callback/acme",
    "nonce": NONCE,
}


@cache
def new_key(_name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class FakeProvider(requests.adapters.BaseAdapter):
    """Mounted into the sessions the backend asks providers with."""

    def __init__(self):
        super().__init__()
        self.claims = {
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "sub": "4711",
            "nonce": NONCE,
            "iat": int(time.time()),
            "exp": int(time.time()) + 300,
            "email": "joan@example.test",
            "email_verified": True,
            "given_name": "Joan",
            "family_name": "Clarke",
            "preferred_username": "joan",
        }
        self.configuration = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
        }
        self.signed_with = "its own key"
        self.answers: dict[str, Callable[[], requests.Response]] = {
            "/.well-known/openid-configuration": lambda: as_json(self.configuration),
            "/token": self._token,
            "/keys": self._keys,
            "/userinfo": lambda: as_json(self.claims),
        }
        self.redeemed: dict[str, str] = {}
        # The paths that were asked for.
        self.requests: list[str] = []
        self.key_id: str | None = "k"

    def send(self, request, **kwargs):
        path = urlsplit(request.url).path
        self.requests.append(path)
        if path == "/token":
            self.redeemed = dict(parse_qsl(request.body))
        found = self.answers[path]()
        found.request, found.url = request, request.url
        return found

    def close(self):
        pass

    def id_token(self) -> str:
        headers = {} if self.key_id is None else {"kid": self.key_id}
        return jwt.encode(
            self.claims, new_key(self.signed_with), algorithm="RS256", headers=headers
        )

    def jwk(self, name: str, key_id: str | None) -> dict:
        key = jwt.algorithms.RSAAlgorithm.to_jwk(new_key(name).public_key(), as_dict=True)
        return {**key, "alg": "RS256", **({} if key_id is None else {"kid": key_id})}

    def _token(self):
        return as_json({"access_token": "opaque", "id_token": self.id_token()})

    def _keys(self):
        return as_json({"keys": [self.jwk("its own key", "k")]})


def as_json(value) -> requests.Response:
    return response(200, json.dumps(value).encode())


def response(status: int, body: bytes) -> requests.Response:
    made = requests.Response()
    made.status_code, made._content = status, body
    made.headers["content-type"] = "application/json"
    return made


def unreachable() -> requests.Response:
    raise requests.ConnectionError


# How a provider may be down.
DOWN = {
    "unreachable": unreachable,
    "overloaded": lambda: response(503, b"later"),
    "not itself": lambda: response(200, b"<html>"),
}
