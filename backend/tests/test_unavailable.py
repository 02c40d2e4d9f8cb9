"""A database that is away."""

import pytest
from django.db import InterfaceError, OperationalError
from django.db.utils import ProgrammingError

from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SIGN_IN = {"username": "ada", "password": PASSWORD}


def fails_with(monkeypatch, error: Exception):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("yew_auth_django.models.RefreshFamily.open", fail)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_does_not_answer_is_a_503_with_a_time(api, ada, monkeypatch, caplog, error):
    fails_with(monkeypatch, error("the connection is closed"))
    answer = api.send("auth/login/", SIGN_IN)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "closed" not in answer.content.decode()
    assert "the connection is closed" in caplog.text


def test_an_error_of_our_own_stays_a_500(api, ada, monkeypatch):
    fails_with(monkeypatch, ProgrammingError("no such column"))
    api.raise_request_exception = False
    assert api.send("auth/login/", SIGN_IN).status_code == 500
