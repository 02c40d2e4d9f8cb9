"""A page that signs proofs (RFC 9449), well or badly."""

import hashlib
import time
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from rest_framework.test import APIClient

from yew_auth_django.json_web_key import encoded

from .app import ORIGIN, PASSWORD, SERVER

LEFT_OUT = object()


class Prover:
    """A key, and what is signed by it."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.nonce: str | None = None

    @property
    def jwk(self) -> dict:
        return jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)

    def proof(self, method: str, path: str, token: str | None, *, header=None, **claims) -> str:
        """`claims` and `header` replace what a good proof says, or leave it out."""
        good = {
            "jti": uuid4().hex,
            "htm": method,
            "htu": ORIGIN + path,
            "iat": int(time.time()),
            "ath": LEFT_OUT if token is None else encoded(hashlib.sha256(token.encode()).digest()),
            "nonce": LEFT_OUT if self.nonce is None else self.nonce,
            **claims,
        }
        good = {name: value for name, value in good.items() if value is not LEFT_OUT}
        header = {"typ": "dpop+jwt", "jwk": self.jwk, **(header or {})}
        return jwt.encode(good, self.key, algorithm="ES256", headers=header)


class BoundPage(APIClient):
    """A page over bearer tokens. It keeps the nonce that it was told, as the library does."""

    def __init__(self):
        super().__init__()
        self.prover = Prover()
        self.tokens: dict[str, str] = {}

    def ask(self, method: str, path: str, body=None, *, proof="", scheme="DPoP", **claims):
        """`claims` go into the proof. `proof=None` sends none."""
        access = self.tokens.get("access") if body is None else None
        headers = {"Authorization": f"{scheme} {access}"} if access else {}
        if proof == "":
            proof = self.prover.proof(method, path, access, **claims)
        if proof is not None:
            headers["DPoP"] = proof
        data = {} if body is None else {"data": body}
        call = getattr(self, method.lower())
        answer = call(path, **data, format="json", headers=headers, **SERVER)
        self.prover.nonce = answer.headers.get("DPoP-Nonce", self.prover.nonce)
        return answer

    def sign_in(self, **how):
        body = {"username": "ada", "password": PASSWORD}
        answer = self.ask("POST", "/api/auth/login/", body, **how)
        if answer.status_code == 200:
            self.tokens = answer.json()
        return answer

    def refresh(self, **how):
        body = {"refresh": self.tokens["refresh"]}
        answer = self.ask("POST", "/api/auth/token/refresh/", body, **how)
        if answer.status_code == 200:
            self.tokens |= answer.json()
        return answer

    def who(self, **how):
        return self.ask("GET", "/api/auth/user/", **how)


def is_invalid(answer) -> bool:
    return answer.json()["code"] == "invalid_dpop_proof"


def asks_for_nonce(answer) -> bool:
    return answer.json()["code"] == "use_dpop_nonce" and "DPoP-Nonce" in answer.headers
