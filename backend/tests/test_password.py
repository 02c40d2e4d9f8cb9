import re
from urllib.parse import parse_qs

import pytest

from tests.conftest import PASSWORD
from yew_auth_django.models import RefreshFamily, Revocation

pytestmark = [pytest.mark.django_db, pytest.mark.over_both_transports]

NEW = "staple and another horse"


def change(api, token, **fields):
    body = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, **fields}
    return api.send("auth/password/change/", body, token=token)


def test_changing_the_password_keeps_this_session_and_ends_the_others(api, ada):
    here, elsewhere = api.sign_in(), api.sign_in()
    assert change(api, here["access"]).status_code == 200
    assert api.refresh(here["refresh"]).status_code == 200
    assert api.refresh(elsewhere["refresh"]).status_code == 401
    assert api.fetch("posts/", elsewhere["access"]).status_code == 401
    assert api.sign_in(password=NEW)


def test_changing_the_password_spares_other_users(api, ada, grace):
    other = api.sign_in("grace")
    change(api, api.sign_in()["access"])
    assert api.refresh(other["refresh"]).status_code == 200


def test_changing_the_password_sets_no_cookie(api, ada):
    assert not change(api, api.sign_in()["access"]).cookies


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"old_password": "wrong"}, "old_password"),
        ({"new_password2": "different"}, "new_password2"),
        ({"new_password1": "123", "new_password2": "123"}, "new_password2"),
    ],
)
def test_a_change_that_cannot_be_is_400_by_field(api, ada, fields, field):
    answer = change(api, api.sign_in()["access"], **fields)
    assert answer.status_code == 400
    assert field in answer.json()
    assert api.sign_in()


def test_only_the_signed_in_change_a_password(api, ada):
    assert change(api, None).status_code == 401


def reset_link(mailbox) -> str:
    [mail] = mailbox
    return re.search(r"http\S+", mail.body)[0]


def confirm(api, link: str, **fields):
    query = parse_qs(link.partition("#")[2])
    body = {name: values[0] for name, values in query.items()}
    return api.send(
        "auth/password/reset/confirm/",
        {**body, "new_password1": NEW, "new_password2": NEW, **fields},
    )


def test_a_reset_mail_leads_to_the_app_with_the_token_in_the_fragment(api, ada, mailbox):
    assert api.send("auth/password/reset/", {"email": ada.email}).status_code == 200
    link = reset_link(mailbox)
    assert link.startswith("http://127.0.0.1:8080/password/reset#")
    assert mailbox[0].to == [ada.email]


def test_an_unknown_address_gets_the_same_answer_and_no_mail(api, ada, mailbox):
    known = api.send("auth/password/reset/", {"email": ada.email})
    unknown = api.send("auth/password/reset/", {"email": "nobody@example.test"})
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert len(mailbox) == 1


def test_no_address_is_400(api, db):
    assert api.send("auth/password/reset/", {"email": "no address"}).status_code == 400


def test_a_reset_ends_every_session_and_sets_the_password(api, ada, mailbox):
    session = api.sign_in()
    api.send("auth/password/reset/", {"email": ada.email})
    assert confirm(api, reset_link(mailbox)).status_code == 200
    # At once, not when its token comes next.
    assert RefreshFamily.objects.get().revocation == Revocation.PASSWORD_RESET
    assert api.refresh(session["refresh"]).status_code == 401
    assert api.sign_in(password=NEW)


def test_a_reset_link_works_for_an_hour(api, ada, mailbox, clock):
    api.send("auth/password/reset/", {"email": ada.email})
    clock.shift(3601)
    assert confirm(api, reset_link(mailbox)).status_code == 400


def test_a_mail_goes_to_the_accounts_own_address(api, ada, mailbox):
    api.send("auth/password/reset/", {"email": "ADA@EXAMPLE.test"})
    assert mailbox[0].to == ["ada@example.test"]


def test_one_address_gets_three_reset_mails_an_hour(api, ada, mailbox, clock):
    statuses = [
        api.send("auth/password/reset/", {"email": ada.email}).status_code for _ in range(5)
    ]
    assert (statuses, len(mailbox)) == ([200] * 5, 3)
    clock.shift(3600)
    api.send("auth/password/reset/", {"email": ada.email})
    assert len(mailbox) == 4


def test_a_changed_password_is_told_by_mail(api, ada, mailbox):
    change(api, api.sign_in()["access"])
    [mail] = mailbox
    assert (mail.to, mail.subject) == ([ada.email], "Your password was changed")
    assert "http://127.0.0.1:8080/password/forgotten" in mail.body


def test_a_reset_password_is_told_by_mail(api, ada, mailbox):
    api.send("auth/password/reset/", {"email": ada.email})
    confirm(api, reset_link(mailbox))
    assert [mail.subject for mail in mailbox] == ["Set a new password", "Your password was changed"]


def test_a_mail_server_that_is_down_changes_no_answer(api, ada, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = [
        api.send("auth/password/reset/", {"email": address})
        for address in (ada.email, "nobody@example.test")
    ]
    assert [(answer.status_code, answer.content) for answer in answers] == [
        (200, answers[0].content)
    ] * 2
    assert "a mail could not be sent" in caplog.text


def test_a_reset_link_works_once(api, ada, mailbox):
    api.send("auth/password/reset/", {"email": ada.email})
    link = reset_link(mailbox)
    assert [confirm(api, link).status_code for _ in range(2)] == [200, 400]


@pytest.mark.parametrize(
    "fields",
    [
        {"uid": "x"},
        {"uid": "!"},
        {"uid": "z" * 40},
        {"token": "x"},
        {"token": ""},
        {"new_password2": "different"},
    ],
)
def test_a_broken_confirmation_is_400(api, ada, mailbox, fields):
    api.send("auth/password/reset/", {"email": ada.email})
    assert confirm(api, reset_link(mailbox), **fields).status_code == 400
    assert api.sign_in()
