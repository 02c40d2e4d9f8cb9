import jwt
import pytest

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def claims(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


@pytest.mark.parametrize(
    "body",
    [
        {"username": "ada"},
        {"email": "ada@example.test"},
        {"username": "ada@example.test"},
        {"username": "ADA@example.TEST"},
    ],
)
def test_name_or_address_signs_in_and_either_may_be_typed_as_the_name(api, ada, body):
    answer = api.send("auth/login/", {**body, "password": PASSWORD})
    assert answer.status_code == 200
    assert answer.json()["user"] == {
        "pk": str(ada.pk),
        "username": "ada",
        "email": "ada@example.test",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "has_password": True,
    }


def test_the_answer_holds_both_tokens_and_their_ends_in_utc(api, ada, clock):
    answer = api.sign_in()
    assert set(answer) == {
        "access",
        "refresh",
        "user",
        "access_issued_at",
        "access_expiration",
        "refresh_expiration",
        "session_expiration",
    }
    assert answer["access_issued_at"] == "2030-01-02T03:04:05.678Z"
    assert answer["access_expiration"] == "2030-01-02T03:09:05Z"
    assert answer["refresh_expiration"] == "2030-01-09T03:04:05Z"
    assert answer["session_expiration"] == "2030-02-01T03:04:05Z"


def test_the_claims_are_those_of_simplejwt_and_the_session(api, ada, clock):
    answer = api.sign_in()
    access, refresh = claims(answer["access"]), claims(answer["refresh"])
    assert set(access) == {"token_type", "exp", "iat", "jti", "user_id", "sid"}
    assert (access["token_type"], refresh["token_type"]) == ("access", "refresh")
    assert access["user_id"] == str(ada.pk)
    assert access["exp"] - access["iat"] == 300
    assert access["sid"] == refresh["sid"]
    assert access["jti"] != refresh["jti"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"username": "ada"},
        {"username": "ada", "password": "wrong"},
        {"username": "nobody", "password": PASSWORD},
        {"email": "no address", "password": PASSWORD},
        {"username": "a" * 100_000, "password": PASSWORD},
        {"username": "ada", "password": "a" * 100_000},
        {"username": "a\0da", "password": PASSWORD},
        [],
        "text",
    ],
)
def test_wrong_credentials_are_400_and_sign_nobody_in(api, ada, body):
    answer = api.send("auth/login/", body)
    assert answer.status_code == 400
    assert "access" not in answer.json()


def test_a_disabled_user_cannot_sign_in(api, ada):
    ada.is_active = False
    ada.save()
    assert api.send("auth/login/", {"username": "ada", "password": PASSWORD}).status_code == 400


@pytest.mark.parametrize("path", ["auth/login/", "auth/registration/", "auth/logout/"])
def test_a_stale_authorization_is_not_asked_for_an_opinion(api, path):
    answer = api.send(path, {}, token="stale.or.garbage")
    assert answer.headers.get("WWW-Authenticate") is None
    assert answer.json().get("code") != "token_not_valid"


def test_a_sign_in_with_a_stale_authorization_succeeds(api, ada):
    answer = api.send("auth/login/", {"username": "ada", "password": PASSWORD}, token="stale")
    assert answer.status_code == 200


def test_signing_in_sets_no_cookie(api, ada):
    api.sign_in()
    assert not api.cookies


def test_too_many_tries_are_429_with_retry_after(api, ada, clock, limit):
    limit("sign_in", 2)
    wrong = {"username": "ada", "password": "wrong"}
    assert [api.send("auth/login/", wrong).status_code for _ in range(3)] == [400, 400, 429]
    assert api.send("auth/login/", wrong).headers["Retry-After"] == "60"


def test_an_invented_forwarded_address_does_not_escape_the_throttle(api, ada, limit):
    limit("sign_in", 1)
    wrong = {"username": "ada", "password": "wrong"}
    answers = [
        api.send("auth/login/", wrong, **{"X-Forwarded-For": f"192.0.2.{i}"}) for i in range(2)
    ]
    assert [answer.status_code for answer in answers] == [400, 429]
