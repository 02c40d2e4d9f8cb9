"""The backend's half of a sign-in by OpenID Connect."""

import jwt
import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from tests.conftest import PASSWORD
from tests.cookies import kinds_in
from tests.fake_provider import CLIENT_ID, DOWN, GRANT, response
from yew_auth_django.models import RefreshFamily

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


def sign_in(api, provider_id: str = "acme", **change):
    return api.send(f"social/login/{provider_id}/", {**GRANT, **change})


def test_the_first_sign_in_makes_an_account_with_name_and_address(api, provider):
    answer = sign_in(api)
    assert answer.status_code == 200
    session = answer.json()
    assert {"access_expiration", "refresh_expiration", "session_expiration"} <= set(session)
    assert session["user"] == {
        "pk": str(User.objects.get().pk),
        "username": "joan",
        "email": "joan@example.test",
        "first_name": "Joan",
        "last_name": "Clarke",
        "has_password": False,
    }
    assert api.fetch("posts/", session["access"]).status_code == 200
    assert api.refresh(session["refresh"]).status_code == 200


def test_a_name_in_one_piece_is_taken_apart(api, provider):
    del provider.claims["given_name"], provider.claims["family_name"]
    provider.claims["name"] = "Joan Elisabeth Clarke"
    user = sign_in(api).json()["user"]
    assert (user["first_name"], user["last_name"]) == ("Joan", "Elisabeth Clarke")


def test_the_same_subject_is_the_same_account_whatever_else_has_changed(api, provider):
    first = sign_in(api).json()["user"]
    provider.claims |= {"email": "other@example.test", "preferred_username": "other"}
    assert sign_in(api).json()["user"] == first
    assert User.objects.count() == 1


def test_another_subject_is_another_account(api, provider):
    sign_in(api)
    provider.claims |= {"sub": "4712", "email": "other@example.test"}
    assert sign_in(api).json()["user"]["username"] != "joan"
    assert User.objects.count() == 2


def test_an_account_is_not_handed_over_for_its_address(api, provider, ada):
    provider.claims["email"] = "ADA@example.test"
    answer = sign_in(api)
    assert answer.status_code == 400
    assert "exists already" in answer.json()["non_field_errors"][0]
    assert RefreshFamily.objects.count() == 0


def test_a_user_name_that_is_taken_is_varied(api, provider, ada):
    provider.claims["preferred_username"] = "ada"
    answer = sign_in(api)
    assert answer.status_code == 200
    assert answer.json()["user"]["username"] != "ada"


@pytest.mark.parametrize("email", [None, "", "no address"])
def test_without_an_address_there_is_no_account(api, provider, email):
    provider.claims["email"] = email
    assert sign_in(api).status_code == 400
    assert User.objects.count() == 0


def test_the_address_is_as_verified_as_the_provider_says(api, provider):
    sign_in(api)
    assert EmailAddress.objects.get().verified


def test_a_disabled_user_gets_no_tokens(api, provider):
    sign_in(api)
    User.objects.update(is_active=False)
    RefreshFamily.objects.all().delete()
    assert sign_in(api).status_code == 400
    assert RefreshFamily.objects.count() == 0


def test_no_password_signs_in_to_an_account_made_by_a_provider(api, provider):
    sign_in(api)
    for password in ("", PASSWORD):
        body = {"username": "joan", "password": password}
        assert api.send("auth/login/", body).status_code == 400


def test_a_stale_token_does_not_refuse_a_sign_in(api, provider):
    assert api.send("social/login/acme/", GRANT, token="stale").status_code == 200


def test_signing_in_sets_no_cookie_but_those_of_the_tokens(api, provider, token_cookies):
    assert kinds_in(sign_in(api)) == token_cookies


def test_the_code_is_redeemed_with_verifier_and_redirect_uri(api, provider):
    sign_in(api)
    assert provider.redeemed == {
        "grant_type": "authorization_code",
        "client_id": CLIENT_ID,
        "code": GRANT["code"],
        "code_verifier": GRANT["code_verifier"],
        "redirect_uri": GRANT["redirect_uri"],
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", None),
        ("code_verifier", "v" * 42),
        ("code_verifier", "v" * 129),
        ("code_verifier", "v" * 43 + "\n"),
        ("code_verifier", "ä" * 43),
        ("nonce", ""),
        ("redirect_uri", "http://evil.test/auth/callback/acme"),
        ("redirect_uri", "http://127.0.0.1:8080/auth/callback/dev"),
        ("redirect_uri", "http://127.0.0.1:8080/auth/callback/acme/"),
        ("redirect_uri", "http://127.0.0.1:8080/auth/callback/acme?x"),
        ("redirect_uri", "http://127.0.0.1:8080.evil.test/auth/callback/acme"),
    ],
)
def test_o11_a_grant_that_cannot_be_is_400_and_the_provider_is_not_asked(
    api, provider, field, value
):
    answer = sign_in(api, **{field: value})
    assert answer.status_code == 400
    assert field in answer.json()
    assert not provider.redeemed


@pytest.mark.parametrize("field", list(GRANT))
def test_o11_each_part_of_the_grant_is_required(api, provider, field):
    body = {name: value for name, value in GRANT.items() if name != field}
    answer = api.send("social/login/acme/", body)
    assert (answer.status_code, list(answer.json())) == (400, [field])


def test_a_provider_may_send_back_to_each_origin_of_the_app(api, provider, settings):
    settings.SPA_ORIGINS = [*settings.SPA_ORIGINS, "https://app.test"]
    for origin in settings.SPA_ORIGINS:
        assert sign_in(api, redirect_uri=f"{origin}/auth/callback/acme").status_code == 200
    settings.SPA_ORIGINS = settings.SPA_ORIGINS[:-1]
    assert sign_in(api, redirect_uri="https://app.test/auth/callback/acme").status_code == 400


def test_o11_a_refused_code_is_400(api, provider):
    provider.answers["/token"] = lambda: response(400, b'{"error": "invalid_grant"}')
    assert sign_in(api).status_code == 400
    assert User.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-app"},
        {"aud": ["another-app"]},
        {"iss": "https://another.test"},
        {"exp": 1_000_000_000},
        {"nonce": "another-nonce"},
        {"nonce": None},
        {"sub": ""},
    ],
    ids=str,
)
def test_o12_an_id_token_for_something_else_is_400(api, provider, change):
    provider.claims |= change
    assert sign_in(api).status_code == 400
    assert User.objects.count() == 0


def test_o12_an_id_token_signed_by_another_is_400(api, provider):
    provider.signed_with = "another key"
    assert sign_in(api).status_code == 400


def test_o12_an_id_token_signed_by_nobody_is_400(api, provider):
    provider.id_token = lambda: jwt.encode(
        provider.claims, None, algorithm="none", headers={"kid": "k"}
    )
    assert sign_in(api).status_code == 400


@pytest.mark.parametrize(
    "body",
    [b'{"access_token": "a"}', b'{"access_token": "a", "id_token": "x"}', b"[]", b"null", b"{}"],
)
def test_an_answer_without_a_good_id_token_is_400(api, provider, body):
    provider.answers["/token"] = lambda: response(200, body)
    assert sign_in(api).status_code == 400
    assert User.objects.count() == 0


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize("fault", DOWN.values(), ids=DOWN)
def test_a_provider_that_is_down_is_502(api, provider, path, fault):
    provider.answers[path] = fault
    answer = sign_in(api)
    assert (answer.status_code, answer.json()["detail"]) == (
        502,
        "The identity provider did not answer.",
    )


@pytest.mark.parametrize("provider_id", ["unknown", "openid_connect", "google"])
def test_an_unknown_provider_is_404(api, provider, provider_id):
    answer = sign_in(api, provider_id)
    assert answer.status_code == 404
    assert "detail" in answer.json()


def test_c6_whoever_came_by_a_provider_sets_a_first_password_and_then_names_it(api, provider):
    token = sign_in(api).json()["access"]
    details = api.fetch("auth/user/", token).json()
    assert details["has_password"] is False
    new = {"new_password1": "a first password", "new_password2": "a first password"}
    assert api.send("auth/password/change/", new, token=token).status_code == 200
    assert api.fetch("auth/user/", token).json()["has_password"] is True
    assert api.sign_in(details["username"], "a first password")
    again = api.send("auth/password/change/", new, token=token)
    assert again.status_code == 400
    assert "old_password" in again.json()


def test_c6_a_first_password_has_to_be_a_good_one(api, provider):
    token = sign_in(api).json()["access"]
    weak = {"new_password1": "123", "new_password2": "123"}
    assert "new_password2" in api.send("auth/password/change/", weak, token=token).json()
    assert api.fetch("auth/user/", token).json()["has_password"] is False
