"""A key that signs no more is believed as long as it is named."""

import jwt
import pytest
from rest_framework_simplejwt import state
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken

from config import jwt_keys
from tests.production import KEY, OTHER_KEY

pytestmark = pytest.mark.django_db


@pytest.fixture
def retire(monkeypatch, settings):
    """Makes `key` the one that signs, and keeps these former ones."""
    original = state.token_backend

    def change(key: str, *former: str) -> None:
        backend = type(original)(original.algorithm, key)
        monkeypatch.setattr(state, "token_backend", backend)
        settings.JWT_SIGNING_KEY_FALLBACKS = list(former)
        jwt_keys.install()

    return change


def test_a_change_of_keys_signs_nobody_out(api, ada, retire):
    retire(KEY)
    session = api.sign_in()
    retire(OTHER_KEY, KEY)
    assert api.fetch("posts/", session["access"]).status_code == 200
    assert api.refresh(session["refresh"]).status_code == 200


def test_a_key_that_is_named_no_more_is_not_believed(api, ada, retire):
    retire(KEY)
    session = api.sign_in()
    retire(OTHER_KEY)
    assert api.fetch("posts/", session["access"]).status_code == 401
    assert api.refresh(session["refresh"]).status_code == 401


def test_a_former_key_signs_nothing(retire):
    retire(OTHER_KEY, KEY)
    token = state.token_backend.encode({"sub": "ada"})
    assert jwt.decode(token, OTHER_KEY, algorithms=["HS256"]) == {"sub": "ada"}


def test_an_expired_token_is_expired_whichever_key_signed_it(retire):
    retire(OTHER_KEY, KEY)
    for key in (KEY, OTHER_KEY):
        with pytest.raises(TokenBackendExpiredToken):
            state.token_backend.decode(jwt.encode({"exp": 1}, key, "HS256"))


@pytest.mark.parametrize("algorithm", ["none", "HS384"])
def test_another_algorithm_is_refused_with_a_former_key_too(retire, algorithm):
    retire(OTHER_KEY, KEY)
    with pytest.raises(TokenBackendError):
        state.token_backend.decode(jwt.encode({}, KEY if algorithm != "none" else None, algorithm))
