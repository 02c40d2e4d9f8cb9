import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


def test_the_signed_in_user_is_shown(api, ada):
    answer = api.fetch("auth/user/", api.sign_in()["access"])
    assert answer.status_code == 200
    assert answer.json()["email"] == "ada@example.test"


def test_nobody_is_401_and_told_the_scheme(api):
    answer = api.fetch("auth/user/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


def test_the_name_can_be_changed_and_the_address_cannot(api, ada):
    token = api.sign_in()["access"]
    change = {"first_name": "Augusta", "email": "other@example.test", "pk": "0"}
    answer = api.call("PATCH", "auth/user/", change, token)
    assert answer.status_code == 200
    ada.refresh_from_db()
    assert (ada.first_name, ada.email) == ("Augusta", "ada@example.test")


def test_ones_own_user_name_is_not_taken_but_anothers_is(api, ada, grace):
    token = api.sign_in()["access"]
    assert api.call("PATCH", "auth/user/", {"username": "ada"}, token).status_code == 200
    assert api.call("PATCH", "auth/user/", {"username": "grace"}, token).status_code == 400


def test_t5_a_refresh_token_is_no_access_token(api, ada):
    answer = api.fetch("auth/user/", api.sign_in()["refresh"])
    assert answer.status_code == 401
    assert answer.json()["code"] == "token_not_valid"


@pytest.mark.parametrize("garbage", ["x", "a.b.c", "e30.e30.", "a b c"])
def test_a_garbled_access_token_is_401(api, garbage):
    answer = api.fetch("auth/user/", garbage)
    assert answer.status_code == 401
    assert answer.json()["code"] in ("token_not_valid", "bad_authorization_header")


def test_an_access_token_expires(api, ada, clock):
    token = api.sign_in()["access"]
    clock.shift(299)
    assert api.fetch("auth/user/", token).status_code == 200
    clock.shift(1)
    assert api.fetch("auth/user/", token).status_code == 401


def test_an_access_token_of_a_disabled_user_is_401(api, ada):
    token = api.sign_in()["access"]
    ada.is_active = False
    ada.save()
    answer = api.fetch("auth/user/", token)
    assert (answer.status_code, answer.json()["code"]) == (401, "user_inactive")


def test_an_access_token_of_a_deleted_user_is_401(api, ada):
    token = api.sign_in()["access"]
    ada.delete()
    answer = api.fetch("auth/user/", token)
    assert (answer.status_code, answer.json()["code"]) == (401, "user_not_found")
