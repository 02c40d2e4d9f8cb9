"""A proof is fresh and taken once (RFC 9449, sections 8 and 11.1)."""

import time

import pytest

from yew_auth_django import dpop_nonce
from yew_auth_django.dpop import CLOCK_TOLERANCE

from .prover import BoundPage, asks_for_nonce

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("over_bearer_tokens")]

USER = "/api/auth/user/"
REFRESH = "/api/auth/token/refresh/"


def test_a_proof_is_taken_once(page):
    proof = page.prover.proof("GET", USER, page.tokens["access"])
    assert page.who(proof=proof).status_code == 200
    assert asks_for_nonce(page.who(proof=proof))


def test_a_proof_is_taken_once_by_all_keys_of_the_cache(page, ada):
    """Two pages may choose the same id."""
    other = BoundPage()
    other.sign_in()
    assert page.who(jti="same").status_code == 200
    assert other.who(jti="same").status_code == 200
    assert asks_for_nonce(other.who(jti="same"))


def test_a_request_that_the_browser_sent_twice_signs_nobody_out(page):
    """Browsers do so by themselves when a connection breaks."""
    body = {"refresh": page.tokens["refresh"]}
    proof = page.prover.proof("POST", REFRESH, None)
    first = page.ask("POST", REFRESH, body, proof=proof)
    assert first.status_code == 200
    again = page.ask("POST", REFRESH, body, proof=proof)
    assert (again.status_code, asks_for_nonce(again)) == (400, True)
    recovered = page.ask("POST", REFRESH, body)
    assert recovered.json()["refresh"] == first.json()["refresh"]


@pytest.mark.parametrize("age", [CLOCK_TOLERANCE + 5, -CLOCK_TOLERANCE - 5, 3600, -3600])
def test_an_old_or_early_proof_is_to_be_signed_again_with_a_nonce(page, age):
    """A stolen proof, or a browser whose clock is off: the nonce tells them apart."""
    page.prover.nonce = None
    signed_at = int(time.time()) - age
    answer = page.who(iat=signed_at)
    assert (answer.status_code, asks_for_nonce(answer)) == (401, True)
    assert 'error="use_dpop_nonce"' in answer.headers["WWW-Authenticate"]
    assert page.who(iat=signed_at).status_code == 200


def test_a_clock_that_is_a_little_off_needs_no_nonce(page):
    for age in [CLOCK_TOLERANCE - 10, 10 - CLOCK_TOLERANCE]:
        page.prover.nonce = None
        assert page.who(iat=int(time.time()) - age).status_code == 200


def test_a_refresh_needs_a_nonce_so_that_no_proof_is_signed_for_later(page):
    nonce, page.prover.nonce = page.prover.nonce, None
    assert nonce
    answer = page.refresh()
    assert (answer.status_code, asks_for_nonce(answer)) == (400, True)
    assert page.refresh().status_code == 200


def test_a_nonce_is_good_for_the_life_of_an_access_token(page, monkeypatch):
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + dpop_nonce.lifetime() - 60)
    old = page.prover.nonce
    assert page.refresh(nonce=old).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + dpop_nonce.lifetime() + 2)
    assert asks_for_nonce(page.refresh(nonce=old))


@pytest.mark.parametrize("nonce", ["", "made up", 4711, None, "a:b:c", "\x00"], ids=repr)
def test_a_nonce_of_somebody_elses_is_refused(page, nonce):
    assert asks_for_nonce(page.refresh(nonce=nonce))
