"""Proofs of possession (RFC 9449) in this project: what its settings and its counters add.

The checks of a proof are tested in yew-auth-django/tests/test_dpop.py.
"""

import hashlib
import time
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.conftest import PASSWORD
from throttling import counters, first_use
from yew_auth_django.json_web_key import encoded

ORIGIN = "http://testserver"


class Page:
    """Signed in, and bound to a key of its own."""

    def __init__(self, api):
        self.api = api
        self.key = ec.generate_private_key(ec.SECP256R1())
        credentials = {"username": "ada", "password": PASSWORD}
        proof = self.proof("POST", "auth/login/")
        self.session = api.send("auth/login/", credentials, DPoP=proof).json()

    def proof(self, method: str, path: str, access: str | None = None) -> str:
        claims = {
            "jti": uuid4().hex,
            "htm": method,
            "htu": f"{ORIGIN}/api/{path}",
            "iat": int(time.time()),
        }
        if access:
            claims["ath"] = encoded(hashlib.sha256(access.encode()).digest())
        jwk = jwt.algorithms.ECAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return jwt.encode(
            claims, self.key, algorithm="ES256", headers={"typ": "dpop+jwt", "jwk": jwk}
        )

    def posts(self, proof: str | None):
        headers = {"DPoP": proof} if proof else {}
        headers["Authorization"] = f"DPoP {self.session['access']}"
        return self.api.fetch("posts/", **headers)


@pytest.fixture
def page(api, ada, yew_auth) -> Page:
    yew_auth(API_ORIGIN=ORIGIN)
    return Page(api)


def test_the_posts_are_read_with_a_proof_and_not_without(page):
    proof = page.proof("GET", "posts/", page.session["access"])
    assert page.posts(proof).status_code == 200
    assert page.posts(None).status_code == 401


def test_a_proof_is_taken_once_by_all_processes_together(page):
    """Counted where the limits are: in Redis, or in the database."""
    proof = page.proof("GET", "posts/", page.session["access"])
    assert page.posts(proof).status_code == 200
    again = page.posts(proof)
    assert (again.status_code, again.json()["code"]) == (401, "use_dpop_nonce")


@pytest.mark.django_db
def test_a_use_is_forgotten_after_its_time(clock):
    assert first_use.is_first("a", 60)
    assert not first_use.is_first("a", 60)
    assert first_use.is_first("b", 60)
    counters.drop("use a")
    assert first_use.is_first("a", 60)


def test_another_origin_may_send_proofs_and_read_nonces(api, db):
    origin = {"Origin": "http://127.0.0.1:8080"}
    wanted = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "dpop"}
    preflight = api.call("OPTIONS", "posts/", **origin, **wanted)
    assert "dpop" in preflight.headers["Access-Control-Allow-Headers"]
    answer = api.fetch("posts/", **origin)
    assert "DPoP-Nonce" in answer.headers["Access-Control-Expose-Headers"]
