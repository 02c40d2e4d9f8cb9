import pytest

from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


def sign_out(api, token):
    return api.send("auth/logout/", {"refresh": token})


def test_s1_signing_out_ends_the_session_at_once(api, ada):
    session = api.sign_in()
    assert sign_out(api, session["refresh"]).status_code == 200
    assert api.refresh(session["refresh"]).status_code == 401
    assert api.fetch("posts/", session["access"]).status_code == 401
    assert RefreshFamily.objects.get().revocation == Revocation.SIGNED_OUT


def test_s3_a_refresh_answered_after_the_sign_out_does_not_live(api, ada):
    first = api.sign_in()["refresh"]
    late = api.refreshed(first)
    assert sign_out(api, first).status_code == 200
    assert api.refresh(late["refresh"]).status_code == 401
    assert api.fetch("posts/", late["access"]).status_code == 401


def test_a_superseded_token_signs_out_too(api, ada):
    first = api.sign_in()["refresh"]
    third = api.refreshed(api.refreshed(first)["refresh"])["refresh"]
    assert sign_out(api, first).status_code == 200
    assert api.refresh(third).status_code == 401


def test_other_sessions_of_the_user_live_on(api, ada):
    one, other = api.sign_in()["refresh"], api.sign_in()["refresh"]
    sign_out(api, one)
    assert api.refresh(other).status_code == 200


def test_signing_out_twice_is_401(api, ada):
    token = api.sign_in()["refresh"]
    assert [sign_out(api, token).status_code for _ in range(2)] == [200, 401]


@pytest.mark.parametrize(
    "body", [{}, [], "text", {"refresh": ""}, {"refresh": None}, {"refresh": "x"}, {"refresh": [7]}]
)
def test_no_token_or_garbage_is_401_without_a_scheme(api, db, body):
    answer = api.send("auth/logout/", body)
    assert answer.status_code == 401
    assert "detail" in answer.json()
    assert "WWW-Authenticate" not in answer.headers


def test_an_access_token_signs_nobody_out(api, ada):
    session = api.sign_in()
    assert sign_out(api, session["access"]).status_code == 401
    assert api.refresh(session["refresh"]).status_code == 200


def test_an_expired_token_is_401(api, ada, clock):
    token = api.sign_in()["refresh"]
    clock.shift(7 * 24 * 3600)
    assert sign_out(api, token).status_code == 401


def test_a_get_signs_nobody_out(api, db):
    assert api.fetch("auth/logout/").status_code == 405
