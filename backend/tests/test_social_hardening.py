"""What a provider, or somebody who poses as one, can do to a sign-in."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from social import discovery
from social.adapter import SocialAccountAdapter
from social.id_token import subject_key
from tests.fake_provider import APP, CLIENT_ID, GRANT, ISSUER, as_json, response, unreachable

pytestmark = pytest.mark.django_db

LONG_PAST, FAR_FUTURE = 1_000_000_000, 4_000_000_000
CONFIGURATION, KEYS = "/.well-known/openid-configuration", "/keys"


def sign_in(api, **change):
    return api.send("social/login/acme/", {**GRANT, **change})


# ---- Discovery and keys are kept ----


def test_the_discovery_document_is_asked_for_once_in_ten_minutes(api, provider, clock):
    for _ in range(20):
        api.fetch("social/")
    assert provider.requests == [CONFIGURATION]


def test_a_second_sign_in_asks_for_the_token_alone(api, provider):
    sign_in(api)
    provider.requests.clear()
    assert sign_in(api).status_code == 200
    assert provider.requests == ["/token"]


def test_a_provider_that_goes_down_is_offered_for_a_while_all_the_same(api, provider, monkeypatch):
    [description] = api.fetch("social/").json()
    age_documents(monkeypatch, 11 * 60)
    provider.answers[CONFIGURATION] = unreachable
    assert api.fetch("social/").json() == [description]
    age_documents(monkeypatch, 25 * 3600)
    assert api.fetch("social/").json() == []


def age_documents(monkeypatch, seconds: float) -> None:
    now = time.monotonic() + seconds
    monkeypatch.setattr(discovery.DOCUMENTS, "_clock", lambda: now)


def test_a_provider_that_is_down_is_not_asked_by_each_request(api, provider):
    provider.answers[CONFIGURATION] = unreachable
    for _ in range(20):
        assert api.fetch("social/").json() == []
    assert provider.requests == [CONFIGURATION]


def test_that_a_provider_is_down_is_logged(api, provider, caplog):
    provider.answers[CONFIGURATION] = unreachable
    api.fetch("social/")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert f"{ISSUER}{CONFIGURATION} could not be fetched" in caplog.text


def test_a_new_key_of_the_provider_is_fetched_when_it_signs(api, provider, monkeypatch):
    assert sign_in(api).status_code == 200
    provider.signed_with, provider.key_id = "another key", "k2"
    provider.answers[KEYS] = lambda: as_json({"keys": [provider.jwk("another key", "k2")]})
    age_documents(monkeypatch, 11)
    assert sign_in(api).status_code == 200
    assert provider.requests.count(KEYS) == 2


def test_unknown_keys_do_not_make_the_server_ask_again_and_again(api, provider):
    sign_in(api)
    provider.key_id = "unknown"
    for _ in range(5):
        assert sign_in(api).status_code == 400
    assert provider.requests.count(KEYS) == 1


@pytest.mark.parametrize("body", [b"[]", b"7", b"null", b'"text"', b"{}", b'{"issuer": 7}'])
def test_a_discovery_document_that_is_none_leaves_the_provider_out(api, provider, body):
    provider.answers[CONFIGURATION] = lambda: response(200, body)
    answer = api.fetch("social/")
    assert (answer.status_code, answer.json()) == (200, [])
    assert sign_in(api).status_code == 502


def test_a_provider_does_not_speak_for_another_issuer(api, provider):
    provider.configuration["issuer"] = "https://accounts.google.com"
    assert api.fetch("social/").json() == []
    provider.claims["iss"] = "https://accounts.google.com"
    assert sign_in(api).status_code == 502


def test_no_secret_is_sent_over_http(api, provider, settings):
    settings.LOOPBACK_ONLY = False
    provider.configuration["token_endpoint"] = "http://id.test/token"
    assert sign_in(api).status_code == 502
    assert "/token" not in provider.requests


def test_c23_a_sign_out_over_http_is_not_offered(api, provider, settings):
    settings.LOOPBACK_ONLY = False
    provider.configuration["end_session_endpoint"] = "http://id.test/logout"
    [description] = api.fetch("social/").json()
    assert description["end_session_url"] is None


def test_a_provider_leads_the_server_nowhere_else(api, provider):
    elsewhere = response(307, b"")
    elsewhere.headers["Location"] = f"{ISSUER}/elsewhere"
    provider.answers["/token"] = lambda: elsewhere
    assert sign_in(api).status_code == 400
    assert "/elsewhere" not in provider.requests


# ---- What an ID token says ----


@pytest.mark.parametrize("name", ["iat", "nbf"])
def test_c11_a_provider_whose_clock_is_a_little_ahead_signs_in(api, provider, name):
    provider.claims[name] = int(time.time()) + 50
    assert sign_in(api).status_code == 200


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iat": FAR_FUTURE}, "ImmatureSignatureError"),
        ({"nbf": FAR_FUTURE}, "ImmatureSignatureError"),
        ({"exp": LONG_PAST}, "ExpiredSignatureError"),
        ({"exp": None}, "exp"),
        ({"iat": None}, "iat"),
        ({"azp": "another-app"}, "it was made for 'another-app'"),
        ({"aud": [CLIENT_ID, "another-app"]}, "it is for several"),
        ({"sub": "s" * 300}, "1 to 255 characters"),
        ({"sub": 4711}, "InvalidSubjectError"),
        ({"sub": "a\0b"}, "characters that are no text"),
        ({"given_name": "Jo\0an"}, "characters that are no text"),
        ({"given_name": "Jo\ud800an"}, "characters that are no text"),
        ({"groups": [{"name": "a\0b"}]}, "characters that are no text"),
    ],
    ids=str,
)
def test_o12_a_token_that_cannot_be_is_400_and_the_reason_is_logged(
    api, provider, caplog, change, reason
):
    for name, value in change.items():
        provider.claims.pop(name, None)
        if value is not None:
            provider.claims[name] = value
    assert sign_in(api).status_code == 400
    assert User.objects.count() == 0
    [record] = [record for record in caplog.records if record.name == "social.exchange"]
    assert "an ID token of provider acme is refused" in record.message
    assert reason in record.message
    assert "eyJ" not in caplog.text


@pytest.mark.parametrize(
    "change", [{"azp": CLIENT_ID}, {"azp": CLIENT_ID, "aud": [CLIENT_ID, "b"]}]
)
def test_a_token_that_was_made_for_this_app_signs_in(api, provider, change):
    provider.claims |= {"azp": CLIENT_ID, **change}
    assert sign_in(api).status_code == 200


def test_a_token_without_a_key_id_is_signed_by_the_one_key_there_is(api, provider):
    provider.key_id = None
    provider.answers[KEYS] = lambda: as_json({"keys": [provider.jwk("its own key", None)]})
    assert sign_in(api).status_code == 200


def test_a_key_without_a_key_id_beside_others_is_passed_over(api, provider):
    keys = {"keys": [provider.jwk("another key", None), provider.jwk("its own key", "k")]}
    provider.answers[KEYS] = lambda: as_json(keys)
    assert sign_in(api).status_code == 200


def test_a_token_without_a_key_id_is_nobodys_where_there_are_several_keys(api, provider):
    provider.key_id = None
    keys = {"keys": [provider.jwk("its own key", "k"), provider.jwk("another key", "k2")]}
    provider.answers[KEYS] = lambda: as_json(keys)
    assert sign_in(api).status_code == 400


def test_a_public_key_is_no_shared_secret(api, provider):
    """Signed with the public key as if it were HMAC's: the oldest trick there is."""
    secret = provider.jwk("its own key", "k")["n"]
    provider.id_token = lambda: jwt.encode(
        provider.claims, secret, algorithm="HS256", headers={"kid": "k"}
    )
    assert sign_in(api).status_code == 400


def test_a_token_with_an_id_is_taken_once(api, provider):
    provider.claims["jti"] = "once"
    assert [sign_in(api).status_code for _ in range(2)] == [200, 400]


# ---- Whose account it is ----


@pytest.mark.parametrize("verified", [False, None, "false", "yes", 0])
def test_an_address_that_the_provider_has_not_confirmed_makes_no_account(api, provider, verified):
    provider.claims["email_verified"] = verified
    answer = sign_in(api)
    assert answer.status_code == 400
    assert "has not confirmed your e-mail address" in answer.json()["non_field_errors"][0]
    assert User.objects.count() == 0


def test_another_issuer_under_the_same_id_has_other_people(api, provider, settings, monkeypatch):
    first = sign_in(api).json()["user"]["pk"]
    other = "https://other.test"
    provider.configuration = {
        name: value.replace(ISSUER, other) for name, value in provider.configuration.items()
    }
    provider.claims |= {"iss": other, "email": "other@example.test"}
    app = {**APP, "settings": {**APP["settings"], "server_url": other}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    session = SocialAccountAdapter.get_requests_session

    def session_with_other(adapter):
        made = session(adapter)
        made.mount(other, provider)
        return made

    monkeypatch.setattr(SocialAccountAdapter, "get_requests_session", session_with_other)
    answer = sign_in(api)
    assert answer.status_code == 200
    assert answer.json()["user"]["pk"] != first


def test_a_link_from_before_issuers_counted_is_migrated(api, provider):
    from importlib import import_module

    from django.apps import apps

    migration = import_module("social.migrations.0001_subject_of_an_issuer")
    first = sign_in(api).json()["user"]["pk"]
    migration.name_by_subject(apps, None)
    assert SocialAccount.objects.get().uid == "4711"
    migration.name_by_issuer(apps, None)
    assert SocialAccount.objects.get().uid == subject_key(provider.claims)
    assert sign_in(api).json()["user"]["pk"] == first
