"""What a browser is told of the providers."""

import pytest

from tests.fake_provider import CLIENT_ID, DOWN, ISSUER

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


def test_the_providers_are_described_for_a_browser_to_begin_with(api, provider):
    answer = api.fetch("social/")
    assert answer.status_code == 200
    assert answer.json() == [
        {
            "id": "acme",
            "name": "Acme",
            "client_id": CLIENT_ID,
            "authorize_url": f"{ISSUER}/authorize",
            "end_session_url": None,
            "issuer": ISSUER,
            "authorization_response_iss_parameter_supported": False,
            "scope": "openid profile email",
            "pkce": "S256",
        }
    ]


@pytest.mark.parametrize(("announced", "told"), [(True, True), (False, False), ("false", False)])
def test_o6_a_browser_is_told_whether_the_provider_names_itself(api, provider, announced, told):
    provider.configuration["authorization_response_iss_parameter_supported"] = announced
    [description] = api.fetch("social/").json()
    assert description["issuer"] == ISSUER
    assert description["authorization_response_iss_parameter_supported"] is told


LOGOUT = f"{ISSUER}/logout"


@pytest.mark.parametrize(
    ("published", "told"),
    [(LOGOUT, LOGOUT), ("javascript:alert(1)", None), ("//id.test/logout", None), (7, None)],
    ids=str,
)
def test_c23_a_browser_is_told_where_to_sign_out_at_the_provider(api, provider, published, told):
    provider.configuration["end_session_endpoint"] = published
    [description] = api.fetch("social/").json()
    assert description["end_session_url"] == told


def test_o6_a_provider_without_an_issuer_is_left_out(api, provider):
    del provider.configuration["issuer"]
    assert api.fetch("social/").json() == []


@pytest.mark.parametrize("fault", DOWN.values(), ids=DOWN)
def test_a_provider_that_is_down_is_left_out(api, provider, fault):
    provider.answers["/.well-known/openid-configuration"] = fault
    answer = api.fetch("social/")
    assert (answer.status_code, answer.json()) == (200, [])
