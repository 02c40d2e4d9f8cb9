"""A token speaks for the user and the session that its family knows, and costs one query."""

import jwt
import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.conftest import Api
from yew_auth_django.models import RefreshFamily

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]


def signed(token: str, **changes) -> str:
    """Genuine in all but its claims: as somebody would sign it who has the key."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode({**claims, **changes}, django_settings.SIMPLE_JWT["SIGNING_KEY"])


def is_refused(answer) -> bool:
    return (answer.status_code, answer.json().get("code")) == (401, "token_not_valid")


def test_a_token_of_another_user_than_its_familys_is_refused(api, ada, grace):
    session = api.sign_in()
    forged = {kind: signed(session[kind], user_id=str(grace.pk)) for kind in ("access", "refresh")}
    assert is_refused(api.fetch("auth/user/", forged["access"]))
    assert is_refused(api.refresh(forged["refresh"]))
    assert api.send("auth/logout/", {"refresh": forged["refresh"]}).status_code == 401
    assert api.refresh(session["refresh"]).status_code == 200


def test_a_token_of_nobodys_session_is_refused(api, ada):
    session = api.sign_in()
    for sid in ("0" * 32, "", None, 7, "not a session's id", ["0" * 32]):
        assert is_refused(api.fetch("auth/user/", signed(session["access"], sid=sid)))
        assert is_refused(api.refresh(signed(session["refresh"], sid=sid)))


def test_the_same_token_signed_anew_is_taken(api, ada):
    session = api.sign_in()
    assert api.fetch("auth/user/", signed(session["access"])).status_code == 200


def test_an_access_token_costs_one_query(api, ada, django_assert_num_queries):
    session = api.sign_in()
    with django_assert_num_queries(1):
        assert api.fetch("auth/user/", session["access"]).status_code == 200


def test_a_refresh_costs_the_row_and_its_update(api, ada, django_assert_num_queries):
    token = api.sign_in()["refresh"]
    with django_assert_num_queries(4) as queries:  # begin, row and user, update, commit
        api.refreshed(token)
    statements = [query["sql"] for query in queries.captured_queries]
    assert sum("accounts_user" in statement for statement in statements) == 1


@pytest.mark.django_db(transaction=True)
def test_a_revocation_outlives_the_refusal_of_the_request_it_came_with(api, ada, monkeypatch):
    """ATOMIC_REQUESTS takes back what a refused request has written."""
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    first = api.sign_in()["refresh"]
    third = api.refreshed(api.refreshed(first)["refresh"])["refresh"]
    assert is_refused(api.refresh(first))
    assert RefreshFamily.objects.get().revocation == "token_reused"
    assert is_refused(type(api)().refresh(third))


def test_the_clients_of_these_tests_are_of_both_transports(api, transport):
    assert (type(api) is Api) == (transport == "bearer")
