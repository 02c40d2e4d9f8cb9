"""Each event of an account leaves a record, and no record a secret."""

import logging

import pytest

from tests.conftest import PASSWORD
from tests.fake_provider import GRANT
from tests.test_password import NEW, change, confirm, reset_link
from tests.test_registration import ALAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(caplog):
    """The events so far, each with its user's id."""
    caplog.set_level(logging.INFO, "audit")

    def events() -> list[tuple[str, str | None]]:
        return [(record.event, record.user) for record in caplog.records if record.name == "audit"]

    return events


def test_a_sign_in_and_a_sign_out_are_recorded(api, ada, audit):
    session = api.sign_in()
    api.send("auth/logout/", {"refresh": session["refresh"]})
    assert audit() == [("signed_in", str(ada.pk)), ("signed_out", None)]


def test_a_failed_sign_in_is_recorded_without_what_was_typed(api, ada, audit, caplog):
    api.send("auth/login/", {"username": "my secret", "password": "another secret"})
    assert audit() == [("sign_in_failed", None)]
    assert "secret" not in "".join(str(record.__dict__) for record in caplog.records)


def test_a_sign_out_that_ends_nothing_is_not_recorded(api, audit):
    api.send("auth/logout/", {"refresh": "garbage"})
    assert audit() == []


def test_a_registration_is_recorded(api, audit):
    user = api.send("auth/registration/", ALAN).json()["user"]
    assert audit() == [("registered", user["pk"])]


def test_a_sign_in_by_provider_is_recorded(api, provider, audit):
    user = api.send("social/login/acme/", GRANT).json()["user"]
    provider.claims["nonce"] = "another"
    api.send("social/login/acme/", GRANT)
    assert audit() == [("signed_in", user["pk"]), ("sign_in_failed", None)]


def test_what_happens_to_a_password_is_recorded(api, ada, audit, mailbox, caplog):
    token = api.sign_in()["access"]
    change(api, token, old_password="wrong")
    change(api, token)
    api.send("auth/password/reset/", {"email": ada.email})
    link = reset_link(mailbox[-1:])
    confirm(api, link, token="x")
    confirm(api, link)
    user = str(ada.pk)
    assert audit() == [
        ("signed_in", user),
        ("password_change_failed", user),
        ("password_changed", user),
        ("password_reset_asked", None),
        ("password_reset_failed", None),
        ("password_reset", user),
    ]
    written = "".join(str(record.__dict__) for record in caplog.records if record.name == "audit")
    for secret in (PASSWORD, NEW, ada.email, link.partition("token=")[2], token):
        assert secret not in written


def test_a_limit_that_is_reached_is_recorded(api, ada, audit, limit):
    limit("sign_in", 1)
    for _ in range(2):
        api.send("auth/login/", {"username": "ada", "password": "wrong"})
    assert audit() == [("sign_in_failed", None), ("limited", None)]


def test_a_changed_name_is_recorded(api, ada, audit):
    token = api.sign_in()["access"]
    api.call("PATCH", "auth/user/", {"first_name": "Augusta"}, token)
    assert audit()[-1] == ("account_changed", str(ada.pk))
