import pytest

from accounts.models import User
from tests.cookies import kinds_in

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]

ALAN = {
    "username": "alan",
    "email": "alan@example.test",
    "password1": "universal machine",
    "password2": "universal machine",
}


def test_registering_signs_in(api):
    answer = api.send("auth/registration/", ALAN)
    assert answer.status_code == 201
    session = answer.json()
    assert session["user"]["username"] == "alan"
    assert {"access_expiration", "refresh_expiration", "session_expiration"} <= set(session)
    assert api.fetch("posts/", session["access"]).status_code == 200
    assert api.refresh(session["refresh"]).status_code == 200


def test_registering_sets_no_cookie_but_those_of_the_tokens(api, token_cookies):
    assert kinds_in(api.send("auth/registration/", ALAN)) == token_cookies


def test_the_registered_can_sign_in_by_address(api):
    api.send("auth/registration/", ALAN)
    assert api.sign_in("alan@example.test", ALAN["password1"])["user"]["username"] == "alan"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password2": "another one"}, "non_field_errors"),
        ({"password1": "123", "password2": "123"}, "password1"),
        ({"email": "no address"}, "email"),
        ({"email": "ada@example.test"}, "email"),
        ({"email": "ADA@Example.test"}, "email"),
        ({"username": "ada"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "<script>"}, "username"),
        ({"username": "admin"}, "username"),
        ({"username": "Admin"}, "username"),
        ({"username": "a.d_min"}, "username"),
        ({"username": "\uff41\uff44\uff4d\uff49\uff4e"}, "username"),  # wide letters
        ({"username": "\xe1dm\xedn"}, "username"),  # accents
        ({"username": "ada@example.test"}, "username"),
        ({"username": "a" * 100_000}, "username"),
        ({"email": "a" * 100_000 + "@example.test"}, "email"),
        ({"password1": "a" * 100_000, "password2": "a" * 100_000}, "password1"),
    ],
)
def test_what_cannot_be_registered_is_400_by_field(api, ada, change, field):
    answer = api.send("auth/registration/", {**ALAN, **change})
    assert answer.status_code == 400
    assert field in answer.json()
    assert User.objects.count() == 1


def test_registration_can_be_closed(api, settings, ada):
    settings.REGISTRATION_OPEN = False
    answer = api.send("auth/registration/", ALAN)
    assert (answer.status_code, answer.json()["detail"]) == (403, "Registration is closed.")
    assert User.objects.count() == 1
    assert api.sign_in()


def test_a_name_taken_meanwhile_is_400(api, ada, monkeypatch):
    monkeypatch.setattr(
        "accounts.serializers.RegistrationSerializer.validate_username", lambda _, name: name
    )
    answer = api.send("auth/registration/", {**ALAN, "username": "ada"})
    assert answer.status_code == 400
    assert User.objects.count() == 1
