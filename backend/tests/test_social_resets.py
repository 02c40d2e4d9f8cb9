"""What a reset of the password does to sign-ins by a provider."""

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from social.id_token import subject_key
from tests.conftest import PASSWORD
from tests.fake_provider import GRANT, ISSUER

pytestmark = pytest.mark.django_db


def sign_in(api, **change):
    return api.send("social/login/acme/", {**GRANT, **change})


def reset_password(api, mailbox, user) -> None:
    from tests.test_password import confirm, reset_link

    api.send("auth/password/reset/", {"email": user.email})
    assert confirm(api, reset_link([mailbox[-1]])).status_code == 200


def test_a_reset_drops_a_link_that_the_owner_of_the_address_has_not_made(
    api, provider, mailbox, ada
):
    """An account that was made from an unproved address before that was refused."""
    claims = {"iss": ISSUER, "sub": "4711", "email": ada.email, "email_verified": False}
    SocialAccount.objects.create(
        user=ada, provider="acme", uid=subject_key(claims), extra_data={"id_token": claims}
    )
    provider.claims |= claims
    assert sign_in(api).status_code == 200
    reset_password(api, mailbox, ada)
    assert sign_in(api).status_code == 400
    assert EmailAddress.objects.get(user=ada).verified


def test_a_reset_drops_the_sessions_and_links_from_before_whoever_vouches(api, provider, mailbox):
    """The mailbox may have had another owner when the provider confirmed it."""
    session = sign_in(api).json()
    assert SocialAccount.objects.count() == 1
    reset_password(api, mailbox, User.objects.get())
    assert api.fetch("auth/user/", session["access"]).status_code == 401
    assert api.refresh(session["refresh"]).status_code == 401
    assert SocialAccount.objects.count() == 0
    refused = sign_in(api)
    assert refused.status_code == 400
    assert "Sign in with its password." in str(refused.json())
    assert "Signing in through another service no longer works" in mailbox[-1].body


def test_a_reset_spares_the_links_of_others(api, provider, mailbox, ada):
    theirs = sign_in(api).json()["user"]["pk"]
    reset_password(api, mailbox, ada)
    assert "another service" not in mailbox[-1].body
    assert sign_in(api).json()["user"]["pk"] == theirs


def test_somebody_elses_address_as_a_user_name_takes_nothing(api, ada):
    body = {
        "username": "ada@example.test",
        "email": "mallory@example.test",
        "password1": "universal machine",
        "password2": "universal machine",
    }
    answer = api.send("auth/registration/", body)
    assert (answer.status_code, list(answer.json())) == (400, ["username"])
    session = api.sign_in("ada@example.test", PASSWORD)
    change = api.call("PATCH", "auth/user/", {"username": "a@b.test"}, session["access"])
    assert (change.status_code, list(change.json())) == (400, ["username"])
