"""Sessions that are bound to a key (RFC 9449): a stolen token is of no use."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from yew_auth_django.models import RefreshFamily

from .app import ORIGIN
from .prover import LEFT_OUT, BoundPage, Prover, asks_for_nonce, is_invalid

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("over_bearer_tokens")]

USER = "/api/auth/user/"
REFRESH = "/api/auth/token/refresh/"


def claims_of(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def thief_of(page: BoundPage) -> BoundPage:
    """Has both tokens and the nonce, and a key of its own."""
    thief = BoundPage()
    thief.tokens = dict(page.tokens)
    thief.prover.nonce = page.prover.nonce
    return thief


def test_both_tokens_name_the_key_of_the_sign_in(page):
    jkt = RefreshFamily.objects.get().key_thumbprint
    assert len(jkt) == 43
    assert claims_of(page.tokens["access"])["cnf"] == {"jkt": jkt}
    assert claims_of(page.tokens["refresh"])["cnf"] == {"jkt": jkt}


def test_the_thumbprint_is_that_of_rfc_7638():
    """Worked out by hand from the members' lexicographic order."""
    from yew_auth_django.json_web_key import EllipticCurveKey

    # The key and thumbprint of RFC 9449, figures 2 and 10.
    key = EllipticCurveKey.read(
        {
            "kty": "EC",
            "x": "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
            "y": "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA",
            "crv": "P-256",
        }
    )
    assert key.thumbprint() == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"


def test_a_session_with_a_proof_for_each_request_works(page):
    assert page.who().json()["username"] == "ada"
    assert page.refresh().status_code == 200
    assert page.who().json()["username"] == "ada"
    assert claims_of(page.tokens["access"])["cnf"] == claims_of(page.tokens["refresh"])["cnf"]


def test_a_thief_with_both_tokens_gets_nothing(page):
    thief = thief_of(page)
    assert thief.who().status_code == 401
    assert is_invalid(thief.who())
    assert thief.refresh().status_code == 400
    assert is_invalid(thief.refresh())
    assert page.refresh().status_code == 200
    assert page.who().status_code == 200


def test_a_bound_token_without_a_proof_is_refused(page):
    assert page.who(proof=None).status_code == 401
    assert is_invalid(page.who(proof=None))
    assert page.refresh(proof=None).status_code == 400
    assert is_invalid(page.refresh(proof=None))


def test_a_bound_token_is_refused_as_a_bearer_token(page):
    """RFC 9449 section 7.2: no server may take it for one that is not bound."""
    assert is_invalid(page.who(scheme="Bearer", proof=None))
    assert is_invalid(page.who(scheme="Bearer"))


def test_the_refusal_says_what_is_wanted(page):
    header = page.who(proof=None).headers["WWW-Authenticate"]
    assert header == 'DPoP error="invalid_dpop_proof", algs="ES256"'


def test_the_scheme_is_read_in_any_case(page):
    assert page.who(scheme="dpop").status_code == 200


OTHER_PLACES = [
    {"htm": "POST"},
    {"htm": "get"},
    {"htu": f"{ORIGIN}/api/posts/"},
    {"htu": f"http://app.example{USER}"},
    {"htu": f"https://evil.example{USER}"},
    {"htu": f"{ORIGIN}:8443{USER}"},
    {"htu": USER},
    {"htu": 1},
    {"htu": "https://[" + USER},
    {"htu": f"{ORIGIN}:port{USER}"},
    {"ath": LEFT_OUT},
    {"ath": "another"},
]


@pytest.mark.parametrize("claims", OTHER_PLACES)
def test_a_proof_for_something_else_is_refused(page, claims):
    answer = page.who(**claims)
    assert (answer.status_code, is_invalid(answer)) == (401, True)


@pytest.mark.parametrize(
    "address",
    [f"HTTPS://APP.example:443{USER}", f"{ORIGIN}{USER}?page=2#top", f"{ORIGIN}/api/auth/%75ser/"],
)
def test_an_address_counts_without_query_case_and_default_port(page, address):
    assert page.who(htu=address).status_code == 200


def test_behind_a_proxy_that_changes_the_host_the_origin_is_set(page, yew_auth):
    yew_auth(API_ORIGIN="https://api.example")
    assert is_invalid(page.who())
    assert page.who(htu=f"https://api.example{USER}").status_code == 200


MALFORMED = [
    {"jti": LEFT_OUT},
    {"jti": ""},
    {"jti": "a" * 256},
    {"jti": ["a"]},
    {"htm": LEFT_OUT},
    {"htu": LEFT_OUT},
    {"iat": LEFT_OUT},
    {"header": {"typ": "JWT"}},
    {"header": {"jwk": None}},
    {"header": {"jwk": {}}},
    {"header": {"jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}}},
    {"header": {"jwk": {"kty": "EC", "crv": "P-256", "x": 1, "y": ["AA"]}}},
    {"header": {"jwk": {"kty": "oct", "k": "c2VjcmV0"}}},
    {"header": {"jwk": Prover().jwk}},
]


@pytest.mark.parametrize("claims", MALFORMED)
def test_a_malformed_proof_is_refused(page, claims):
    page.prover.nonce = None
    answer = page.who(**claims)
    assert (answer.status_code, is_invalid(answer)) == (401, True)


@pytest.mark.parametrize("iat", ["now", None, 1e300, float("inf"), -1e18, True, []], ids=str)
def test_an_age_that_is_none_is_no_server_error(page, iat):
    page.prover.nonce = None
    assert page.who(iat=iat).status_code == 401


@pytest.mark.parametrize(
    "proof", ["a.b.c", "", "eyJ", "\x00", "a" * 5000, "a.b.c, a.b.c"], ids=repr
)
def test_a_proof_that_is_no_token_is_refused(page, proof):
    answer = page.ask("GET", USER, proof=proof or " ")
    assert (answer.status_code, is_invalid(answer)) == (401, True)


def test_a_proof_that_holds_a_private_key_is_refused(page):
    private = jwt.algorithms.ECAlgorithm.to_jwk(page.prover.key, as_dict=True)
    assert is_invalid(page.who(header={"jwk": private}))


def test_a_proof_that_anybody_could_sign_is_refused(page):
    """By no key, or by a shared one that the header gives away."""
    claims = {"jti": "1", "htm": "GET", "htu": ORIGIN + USER, "iat": int(time.time())}
    header = {"typ": "dpop+jwt", "jwk": page.prover.jwk}
    unsigned = jwt.encode(claims, None, algorithm="none", headers=header)
    shared = jwt.encode(claims, "s" * 32, algorithm="HS256", headers=header)
    key = rsa.generate_private_key(65537, 2048)
    another_kind = jwt.encode(claims, key, algorithm="RS256", headers=header)
    for proof in [unsigned, shared, another_kind]:
        assert is_invalid(page.who(proof=proof))


def test_a_changed_proof_is_refused(page):
    head, payload, signature = page.prover.proof("GET", USER, page.tokens["access"]).split(".")
    _, other_payload, _ = page.prover.proof("GET", USER, page.tokens["access"]).split(".")
    assert is_invalid(page.who(proof=f"{head}.{other_payload}.{signature}"))
    assert page.who(proof=f"{head}.{payload}.{signature}").status_code == 200


def test_a_sign_in_with_a_proof_that_does_not_hold_opens_no_session(ada):
    page = BoundPage()
    assert is_invalid(page.sign_in(htm="PUT"))
    assert asks_for_nonce(page.sign_in(iat=1, nonce=LEFT_OUT))
    assert not RefreshFamily.objects.exists()


def test_a_sign_in_without_a_proof_opens_a_session_that_is_bound_to_no_key(ada):
    page = BoundPage()
    assert page.sign_in(proof=None).status_code == 200
    assert "cnf" not in claims_of(page.tokens["access"])
    assert page.who(scheme="Bearer", proof=None).status_code == 200
    assert page.refresh(proof=None).status_code == 200
    assert is_invalid(page.who())


def test_a_proof_does_not_bind_a_session_later(ada):
    """Otherwise a thief could take over the session by a key of their own."""
    page = BoundPage()
    page.sign_in(proof=None)
    assert page.refresh().status_code == 200
    assert "cnf" not in claims_of(page.tokens["access"])


def test_where_proofs_are_required_nothing_else_is_honoured(ada, yew_auth):
    before = BoundPage()
    before.sign_in(proof=None)
    yew_auth(DPOP_REQUIRED=True)
    refused = BoundPage().sign_in(proof=None)
    assert (refused.status_code, is_invalid(refused)) == (400, True)
    assert before.who(scheme="Bearer", proof=None).status_code == 401
    assert before.refresh(proof=None).status_code == 401
    page = BoundPage()
    assert page.sign_in().status_code == 200
    assert page.who().status_code == 200
    assert page.refresh().status_code == 200


def test_registration_binds_its_session_too(db):
    page = BoundPage()
    body = {"username": "grace", "email": "g@example.test"}
    body |= dict.fromkeys(("password1", "password2"), "correct horse battery")
    answer = page.ask("POST", "/api/auth/registration/", body)
    assert answer.status_code == 201
    assert "cnf" in claims_of(answer.json()["access"])


def test_signing_out_needs_no_proof(page):
    """Nothing may keep anybody signed in."""
    body = {"refresh": page.tokens["refresh"]}
    assert page.ask("POST", "/api/auth/logout/", body, proof=None).status_code == 200
    assert page.who().status_code == 401


def test_over_cookies_proofs_are_not_looked_at(ada, yew_auth, browser):
    yew_auth(COOKIES=True)
    browser.sign_in()
    answer = browser.get(USER, headers={"DPoP": "nonsense"})
    assert answer.status_code == 200
    assert "DPoP-Nonce" not in answer.headers
    assert RefreshFamily.objects.get().key_thumbprint == ""
