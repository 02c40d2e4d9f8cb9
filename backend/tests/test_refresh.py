"""The life of a refresh family."""

import logging
from datetime import datetime, timedelta

import jwt
import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]

REFRESH_TTL = 7 * 24 * 3600


def is_dead(answer) -> bool:
    return answer.status_code == 401 and answer.json()["code"] == "token_not_valid"


def test_the_current_token_is_exchanged_for_a_successor(api, ada, clock):
    first = api.sign_in()
    clock.shift(100)
    second = api.refreshed(first["refresh"])
    assert second["refresh"] != first["refresh"]
    assert second["access"] != first["access"]
    assert second["access_expiration"] == "2030-01-02T03:10:45Z"
    assert second["refresh_expiration"] == "2030-01-09T03:05:45Z"
    assert second["session_expiration"] == first["session_expiration"]
    assert api.fetch("posts/", second["access"]).status_code == 200


def test_a_lost_answer_is_told_again_as_long_as_the_successor_is_unused(api, ada, clock):
    first = api.sign_in()["refresh"]
    lost = api.refreshed(first)
    clock.shift(200)
    again = api.refreshed(first)
    assert again["refresh"] == lost["refresh"]
    assert again["refresh_expiration"] == lost["refresh_expiration"]


def test_the_answer_told_again_has_a_fresh_access_token(api, ada, clock):
    first = api.sign_in()["refresh"]
    lost = api.refreshed(first)
    clock.shift(400)
    again = api.refreshed(first)
    assert api.fetch("posts/", lost["access"]).status_code == 401
    assert api.fetch("posts/", again["access"]).status_code == 200
    issued = jwt.decode(again["access"], options={"verify_signature": False})["iat"]
    assert issued == int(datetime.fromisoformat("2030-01-02T03:10:45Z").timestamp())


def test_using_the_access_token_does_not_use_up_the_successor(api, ada):
    first = api.sign_in()["refresh"]
    lost = api.refreshed(first)
    assert api.fetch("posts/", lost["access"]).status_code == 200
    assert api.refreshed(first)["refresh"] == lost["refresh"]


def test_a_chain_of_lost_answers_is_recovered_each_time(api, ada):
    token = api.sign_in()["refresh"]
    for answers in (2, 2, 1, 2, 2, 1, 2, 2):  # more in a row are two holders that keep in step
        answered = {api.refreshed(token)["refresh"] for _ in range(answers)}
        [token] = answered


def test_s6_a_token_whose_successor_was_used_kills_its_family(api, ada):
    session = api.sign_in()
    first = session["refresh"]
    second = api.refreshed(first)
    third = api.refreshed(second["refresh"])
    assert is_dead(api.refresh(first))
    assert is_dead(api.refresh(second["refresh"]))
    assert is_dead(api.refresh(third["refresh"]))
    for access in (session["access"], second["access"], third["access"]):
        assert is_dead(api.fetch("posts/", access))
    assert RefreshFamily.objects.get().revocation == Revocation.TOKEN_REUSED


def test_s6_another_sign_in_of_the_same_user_lives_on(api, ada):
    reused, other = api.sign_in()["refresh"], api.sign_in()["refresh"]
    api.refreshed(api.refreshed(reused)["refresh"])
    assert is_dead(api.refresh(reused))
    assert api.refresh(other).status_code == 200


def test_s6_the_log_tells_of_a_reuse_without_a_token(api, ada, caplog):
    first = api.sign_in()["refresh"]
    second = api.refreshed(first)["refresh"]
    third = api.refreshed(second)["refresh"]
    with caplog.at_level(logging.WARNING):
        api.refresh(first)
    family = RefreshFamily.objects.get()
    [record] = caplog.records
    assert str(family.pk) in record.getMessage()
    for token in (first, second, third):
        assert token not in record.getMessage()
        assert token.rpartition(".")[2] not in record.getMessage()


def test_s7_refreshing_does_not_move_the_end_of_the_session(api, ada, clock, yew_auth):
    yew_auth(SESSION_LIFETIME=timedelta(seconds=1000))
    session = api.sign_in()
    end = session["session_expiration"]
    for _ in range(3):
        clock.shift(300)
        session = api.refreshed(session["refresh"])
        assert session["session_expiration"] == session["refresh_expiration"] == end
    clock.shift(99)
    assert api.fetch("posts/", session["access"]).status_code == 200
    last = api.refreshed(session["refresh"])
    assert last["access_expiration"] == end
    clock.shift(1)
    assert is_dead(api.refresh(last["refresh"]))
    assert is_dead(api.fetch("posts/", last["access"]))


def test_s7_an_unused_refresh_token_expires_before_the_session(api, ada, clock):
    token = api.sign_in()["refresh"]
    clock.shift(REFRESH_TTL - 1)
    token = api.refreshed(token)["refresh"]
    clock.shift(REFRESH_TTL)
    assert is_dead(api.refresh(token))


def test_s7_the_end_is_the_familys_whatever_its_tokens_say(api, ada, clock):
    session = api.sign_in()
    RefreshFamily.objects.update(ends_at=timezone.now() + timedelta(seconds=10))
    clock.shift(10)
    assert is_dead(api.fetch("posts/", session["access"]))
    assert is_dead(api.refresh(session["refresh"]))


def test_s8_a_disabled_user_is_out_at_the_next_refresh_without_a_code(api, ada):
    token = api.sign_in()["refresh"]
    ada.is_active = False
    ada.save()
    answer = api.refresh(token)
    assert answer.status_code == 401
    assert "code" not in answer.json()


def test_a_deleted_user_is_out_at_the_next_refresh(api, ada):
    token = api.sign_in()["refresh"]
    ada.delete()
    assert is_dead(api.refresh(token))


@pytest.mark.parametrize(
    "body", [{}, {"refresh": ""}, {"refresh": None}, {"refresh": "x"}, {"refresh": 7}]
)
def test_no_token_and_no_good_token_are_the_same_401(api, db, body):
    answer = api.send("auth/token/refresh/", body)
    assert is_dead(answer)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="api"'


@pytest.mark.parametrize("body", [[], "text"])
def test_a_body_that_is_no_request_is_400(api, db, body):
    assert api.send("auth/token/refresh/", body).status_code == 400


def test_an_access_token_does_not_refresh(api, ada):
    assert is_dead(api.refresh(api.sign_in()["access"]))


@pytest.mark.parametrize("key", ["a key of someone else, of 32 bytes", django_settings.SECRET_KEY])
def test_a_token_of_no_family_does_not_refresh(api, ada, key):
    stranger = {"token_type": "refresh", "exp": 4102444800, "jti": "0", "user_id": str(ada.pk)}
    assert is_dead(api.refresh(jwt.encode(stranger, key)))


def test_a_token_without_signature_does_not_refresh(api, ada):
    genuine = jwt.decode(api.sign_in()["refresh"], options={"verify_signature": False})
    assert is_dead(api.refresh(jwt.encode(genuine, None, algorithm="none")))


def test_a_stale_authorization_does_not_refuse_a_refresh(api, ada):
    body = {"refresh": api.sign_in()["refresh"]}
    assert api.send("auth/token/refresh/", body, token="stale").status_code == 200


def test_no_token_is_stored(api, ada):
    session = api.refreshed(api.sign_in()["refresh"])
    stored = str(RefreshFamily.objects.values_list())
    for token in (session["access"], session["refresh"]):
        assert token.rpartition(".")[2] not in stored


def test_a_sign_in_clears_the_families_that_are_over(api, ada, clock):
    api.sign_in()
    clock.shift(31 * 24 * 3600)
    api.sign_in()
    assert RefreshFamily.objects.count() == 1
