"""Bodies that no app sends: each is refused, and none is an error of the server."""

import json

import pytest

from config.json_parser import LONGEST_BODY
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

ENDPOINTS = [
    "auth/login/",
    "auth/registration/",
    "auth/logout/",
    "auth/token/refresh/",
    "auth/password/reset/",
    "auth/password/reset/confirm/",
    "social/login/acme/",
]
FIELDS = [
    "username", "email", "password", "password1", "password2", "refresh", "token", "uid",
    "new_password1", "new_password2", "code", "code_verifier", "redirect_uri", "nonce",
]  # fmt: skip
VALUES = {
    "a lone surrogate": '"\\ud800"',
    "NUL": '"a\\u0000b"',
    "100,000 characters": json.dumps("a" * 100_000),
    "a list": "[1, 2]",
    "an object": '{"a": {"b": null}}',
    "null": "null",
    "a number of 4,000 digits": "9" * 4000,
    "a number of 5,000 digits": "9" * 5000,
    "a float beyond all": "1e999",
    "true": "true",
}
BODIES = {
    **{name: "{" + ",".join(f'"{f}": {v}' for f in FIELDS) + "}" for name, v in VALUES.items()},
    "brackets without end": "[" * 100_000,
    "objects without end": '{"a":' * 40_000,
    "nothing": "",
    "half a word": '{"username": "a',
    "no UTF-8": b"\xff\xfe{}",
    "NaN": '{"username": NaN}',
}


def send(api, path: str, body: str | bytes, **headers):
    body = body if isinstance(body, bytes) else body.encode()
    return api.generic("POST", f"/api/{path}", body, content_type="application/json", **headers)


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize("name", list(BODIES))
def test_a_body_that_cannot_be_is_refused(api, provider, path, name):
    answer = send(api, path, BODIES[name][: LONGEST_BODY - 1])
    assert answer.status_code in (400, 401), answer.content
    assert answer.headers["Content-Type"] == "application/json"
    json.loads(answer.content)


@pytest.mark.parametrize("path", ENDPOINTS)
def test_a_body_that_is_too_long_is_413(api, provider, path):
    body = json.dumps({"username": "ada", "password": PASSWORD, "padding": "a" * LONGEST_BODY})
    assert send(api, path, body).status_code == 413


def test_a_name_that_is_no_text_is_400(api, ada):
    token = api.sign_in()["access"]
    for value in ("\\ud800", "\\u0000"):
        body = f'{{"first_name": "{value}"}}'.encode()
        answer = api.generic(
            "PATCH",
            "/api/auth/user/",
            body,
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.status_code == 400
