"""A session is bound to the password under which it was opened, and to its account."""

import logging

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from accounts.models import User
from tests.conftest import PASSWORD
from yew_auth_django.models import RefreshFamily, Revocation
from yew_auth_django.rehash import keep_sessions_of_the_same_password

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]

NEW = "staple and another horse"


def is_over(answer) -> bool:
    return (answer.status_code, answer.json().get("code")) == (401, "token_not_valid")


def change_by_management(monkeypatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda **_: NEW)
    call_command("changepassword", "ada")


def change_by_update(monkeypatch) -> None:
    """No signal, no `save`: as a script or another program would."""
    User.objects.filter(username="ada").update(password=make_password(NEW))


CHANGES = [change_by_management, change_by_update]


@pytest.mark.parametrize("change", CHANGES)
def test_however_the_password_was_changed_a_refresh_is_refused(api, ada, monkeypatch, change):
    session = api.sign_in()
    change(monkeypatch)
    assert is_over(api.refresh(session["refresh"]))
    assert RefreshFamily.objects.get().revocation == Revocation.PASSWORD_CHANGED


@pytest.mark.parametrize("change", CHANGES)
def test_however_the_password_was_changed_an_access_token_is_refused(api, ada, monkeypatch, change):
    session = api.sign_in()
    change(monkeypatch)
    assert is_over(api.fetch("posts/", session["access"]))


def test_the_old_password_brings_no_session_back(api, ada):
    old_hash = ada.password
    session = api.sign_in()
    User.objects.update(password=make_password(NEW))
    assert is_over(api.fetch("posts/", session["access"]))
    User.objects.update(password=old_hash)
    assert is_over(api.refresh(session["refresh"]))


def test_a_sign_in_that_straddles_a_reset_opens_no_session(api, ada, monkeypatch):
    """The old password was proved, then the new one was set, then the session is opened."""
    open_session = RefreshFamily.open.__func__

    def reset_meanwhile(cls, user, *bound_to):
        User.objects.filter(pk=user.pk).update(password=make_password(NEW))
        return open_session(cls, user, *bound_to)

    monkeypatch.setattr(RefreshFamily, "open", classmethod(reset_meanwhile))
    session = api.sign_in()
    assert is_over(api.fetch("posts/", session["access"]))
    assert is_over(api.refresh(session["refresh"]))


def test_a_password_set_to_the_same_word_ends_the_sessions_too(api, ada):
    session = api.sign_in()
    ada.set_password(PASSWORD)
    ada.save()
    assert is_over(api.refresh(session["refresh"]))


def test_a_stronger_hash_of_the_same_password_ends_no_session(api, ada, settings):
    """Django renews hashes at a sign-in: after an upgrade each person's, one by one."""
    elsewhere = api.sign_in()
    before = User.objects.get().password
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    here = api.sign_in()
    assert User.objects.get().password != before
    for session in (here, elsewhere):
        assert api.fetch("posts/", session["access"]).status_code == 200
        assert api.refresh(session["refresh"]).status_code == 200


def test_another_password_stored_by_itself_is_no_stronger_hash(api, ada):
    session = api.sign_in()
    ada.password = make_password(NEW)
    ada.save(update_fields=["password"])
    keep_sessions_of_the_same_password(ada, NEW)
    api.sign_in(password=NEW)
    assert is_over(api.refresh(session["refresh"]))


def test_a_session_of_a_server_of_before_is_bound_by_its_next_refresh(api, ada):
    session = api.sign_in()
    RefreshFamily.objects.update(password_fingerprint="")
    assert api.fetch("posts/", session["access"]).status_code == 200
    session = api.refreshed(session["refresh"])
    User.objects.update(password=make_password(NEW))
    assert is_over(api.fetch("posts/", session["access"]))


def test_the_fingerprint_is_neither_the_password_nor_its_hash(api, ada):
    api.sign_in()
    stored = RefreshFamily.objects.get().password_fingerprint
    assert len(stored) == 64
    assert PASSWORD not in stored
    assert ada.password not in stored


# ---- The account ----


def test_s8_a_disabled_account_has_no_sessions_left_when_it_is_enabled(api, ada):
    session = api.sign_in()
    ada.is_active = False
    ada.save()
    ada.is_active = True
    ada.save()
    assert RefreshFamily.objects.get().revocation == Revocation.ACCOUNT_DISABLED
    assert is_over(api.refresh(session["refresh"]))
    assert is_over(api.fetch("posts/", session["access"]))


@pytest.mark.parametrize("path", ["refresh", "access"])
def test_s8_nor_if_it_was_disabled_past_every_signal_and_was_used_meanwhile(api, ada, path):
    session = api.sign_in()
    User.objects.update(is_active=False)
    if path == "refresh":
        api.refresh(session["refresh"])
    else:
        api.fetch("posts/", session["access"])
    User.objects.update(is_active=True)
    assert is_over(api.refresh(session["refresh"]))


def test_a_save_that_has_nothing_to_do_with_it_ends_no_session(api, ada):
    session = api.sign_in()
    ada.first_name = "Augusta"
    ada.save()
    assert api.refresh(session["refresh"]).status_code == 200


def test_disabling_one_account_spares_the_others(api, ada, grace):
    other = api.sign_in("grace")
    ada.is_active = False
    ada.save()
    assert api.refresh(other["refresh"]).status_code == 200


def test_a_revocation_is_logged_with_its_reason(api, ada, caplog):
    with caplog.at_level(logging.INFO, "yew_auth_django"):
        session = api.sign_in()
        api.send("auth/logout/", {"refresh": session["refresh"]})
        api.sign_in()
        ada.is_active = False
        ada.save()
    messages = [record.getMessage() for record in caplog.records]
    assert [message.rpartition(": ")[2] for message in messages] == [
        Revocation.SIGNED_OUT,
        Revocation.ACCOUNT_DISABLED,
    ]
    assert all(str(ada.pk) in message for message in messages)
